namespace MicroFirmware.Emulator.Chips.Buses;

/// <summary>One 32-bit register of a peripheral: a row of its register map.</summary>
/// <param name="name">Name in the reference manual, such as <c>TEXT_7</c>.</param>
/// <param name="index">Which of several that lie one behind the other; handed to the handlers.</param>
/// <param name="read">What a read gives; null for a register that cannot be read.</param>
/// <param name="write">What a write does; null for a register that cannot be written.</param>
internal sealed class Register(
    string name, int index, Func<int, BusAccess, uint>? read, Action<int, uint, BusAccess>? write)
{
    public string Name { get; } = name;

    /// <summary>Reads; a write-only register reads as zero, as the chips do.</summary>
    public uint Read(BusAccess access) => read is null ? 0 : read(index, access);

    /// <summary>Writes; a read-only register ignores it, as the chips do.</summary>
    public void Write(uint value, BusAccess access) => write?.Invoke(index, value, access);
}
