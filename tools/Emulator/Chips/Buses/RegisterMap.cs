namespace MicroFirmware.Emulator.Chips.Buses;

/// <summary>The registers of a peripheral by offset; built as one table.</summary>
internal sealed class RegisterMap
{
    private readonly Dictionary<uint, Register> _registers = [];

    /// <summary>Octets up to and including the last register.</summary>
    public uint Size { get; private set; }

    /// <summary>The registers with their offsets, lowest first.</summary>
    public IEnumerable<(uint Offset, string Name)> Rows =>
        _registers.OrderBy(r => r.Key).Select(r => (r.Key, r.Value.Name));

    /// <summary>Adds one register.</summary>
    public RegisterMap Word(
        uint offset, string name, Func<BusAccess, uint>? read = null, Action<uint, BusAccess>? write = null)
    {
        _registers.Add(offset, new Register(name, read, write));
        Size = Math.Max(Size, offset + 4);
        return this;
    }

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
            int index = i;
            Word(
                offset + (uint)(4 * i),
                $"{name}_{i}",
                read is null ? null : access => read(index, access),
                write is null ? null : (value, access) => write(index, value, access));
        }
        return this;
    }

    /// <summary>The register at an offset, or null.</summary>
    public Register? Find(uint offset) => _registers.GetValueOrDefault(offset);
}
