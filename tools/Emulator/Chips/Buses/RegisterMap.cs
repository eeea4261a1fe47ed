namespace MicroFirmware.Emulator.Chips.Buses;

/// <summary>The registers of a peripheral by offset; built as one table.</summary>
internal sealed class RegisterMap
{
    private readonly Dictionary<uint, Register> _registers = [];

    /// <summary>Octets up to and including the last register.</summary>
    public uint Size { get; private set; }

    /// <summary>Adds one register.</summary>
    public RegisterMap Word(
        uint offset, string name, Func<BusAccess, uint>? read = null, Action<uint, BusAccess>? write = null) =>
        Add(offset, new Register(
            name,
            0,
            read is null ? null : (_, access) => read(access),
            write is null ? null : (_, value, access) => write(value, access)));

    /// <summary>
    /// Adds registers that lie one behind the other; the first argument of the handlers is the index.
    /// </summary>
    public RegisterMap Words(
        uint offset,
        string name,
        int count,
        Func<int, BusAccess, uint>? read = null,
        Action<int, uint, BusAccess>? write = null)
    {
        for (int i = 0; i < count; i++)
        {
            Add(offset + (uint)(4 * i), new Register($"{name}_{i}", i, read, write));
        }
        return this;
    }

    /// <summary>The register at an offset, or null.</summary>
    public Register? Find(uint offset) => _registers.GetValueOrDefault(offset);

    private RegisterMap Add(uint offset, Register register)
    {
        _registers.Add(offset, register);
        Size = Math.Max(Size, offset + 4);
        return this;
    }
}
