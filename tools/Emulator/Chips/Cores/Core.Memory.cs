using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MicroFirmware.Emulator.Chips.Buses;

namespace MicroFirmware.Emulator.Chips.Cores;

/// <summary>Loads and stores: the memory last touched is served at once, everything else goes over the bus.</summary>
internal abstract unsafe partial class Core
{
    private Memory _data = Memory.None;
    private byte[] _octets = [];
    private uint _dataStart;
    private uint _dataLimit;
    private byte[] _literals = [];
    private uint _literalStart;
    private uint _literalLimit;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Load32(ref Op op, uint address)
    {
        uint offset = address - _dataStart;
        return offset < _dataLimit && (address & 3) == 0
            ? Unsafe.ReadUnaligned<uint>(ref At(offset))
            : LoadElsewhere(ref op, address, 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Load16(ref Op op, uint address)
    {
        uint offset = address - _dataStart;
        return offset < _dataLimit && (address & 1) == 0 && !_data.WordsOnly
            ? Unsafe.ReadUnaligned<ushort>(ref At(offset))
            : LoadElsewhere(ref op, address, 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Load8(ref Op op, uint address)
    {
        uint offset = address - _dataStart;
        return offset < _dataLimit && !_data.WordsOnly ? At(offset) : LoadElsewhere(ref op, address, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store32(ref Op op, uint address, uint value)
    {
        uint offset = address - _dataStart;
        if (offset < _dataLimit && (address & 3) == 0 && _data.TakesPlainStore(offset))
        {
            Unsafe.WriteUnaligned(ref At(offset), value);
            return;
        }
        StoreElsewhere(ref op, address, value, 4);
    }

    public void Store16(ref Op op, uint address, uint value) => StoreElsewhere(ref op, address, value, 2);

    public void Store8(ref Op op, uint address, uint value) => StoreElsewhere(ref op, address, value, 1);

    /// <summary>A constant beside the code, read without giving up the memory that data is in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint LoadLiteral(ref Op op, uint address)
    {
        uint offset = address - _literalStart;
        return offset < _literalLimit
            ? Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_literals), offset))
            : LoadLiteralElsewhere(ref op, address);
    }

    /// <summary>Waits until the last posted write has arrived.</summary>
    public void Fence() => Cycle = Timer.Fence(Cycle);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte At(uint offset) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_octets), offset);

    private uint LoadLiteralElsewhere(ref Op op, uint address)
    {
        if (!Bus.TryFindMemory(address, out Memory? memory, out uint origin))
        {
            throw Fault(ref op, $"literal at 0x{address:x8}, where no memory is");
        }
        _literals = memory.Octets;
        _literalStart = origin;
        _literalLimit = (uint)memory.Octets.Length - 3;
        return memory.Read(address - origin, 4);
    }

    private uint LoadElsewhere(ref Op op, uint address, int size)
    {
        if (size == 4 && (address & 3) == 0 && Bus.TryFindRegister(address, out Register? register))
        {
            Cycle = Timer.Read(Cycle);
            Bus.CountRead();
            return register.Read(new BusAccess(Cycle, Pc - op.Length));
        }
        CheckAlignment(ref op, address, size);
        if (Bus.TryFindMemory(address, out Memory? memory, out uint origin))
        {
            Remember(memory, origin);
            CheckWidth(ref op, memory, size);
            return memory.Read(address - origin, size);
        }
        throw Fault(ref op, $"read of {size} octets from 0x{address:x8}, where nothing answers");
    }

    private void StoreElsewhere(ref Op op, uint address, uint value, int size)
    {
        if (size == 4 && (address & 3) == 0 && Bus.TryFindRegister(address, out Register? register))
        {
            Cycle = Timer.Write(Cycle, out long arrival);
            Bus.CountWrite();
            register.Write(value, new BusAccess(arrival, Pc - op.Length));
            return;
        }
        CheckAlignment(ref op, address, size);
        if (Bus.TryFindMemory(address, out Memory? memory, out uint origin))
        {
            Remember(memory, origin);
            CheckWidth(ref op, memory, size);
            if (memory.IsReadOnly)
            {
                throw Fault(ref op, $"write to 0x{address:x8} in {memory.Name}, which is read-only");
            }
            memory.Write(address - origin, value, size);
            return;
        }
        throw Fault(ref op, $"write of {size} octets to 0x{address:x8}, where nothing answers");
    }

    private void Remember(Memory memory, uint origin)
    {
        _data = memory;
        _octets = memory.Octets;
        _dataStart = origin;
        _dataLimit = (uint)memory.Octets.Length - 3;
    }

    private void CheckAlignment(ref Op op, uint address, int size)
    {
        if ((address & (uint)(size - 1)) != 0)
        {
            throw Fault(ref op, $"unaligned access of {size} octets at 0x{address:x8}");
        }
    }

    private void CheckWidth(ref Op op, Memory memory, int size)
    {
        if (memory.WordsOnly && size != 4)
        {
            throw Fault(ref op, $"access of {size} octets to {memory.Name}, which takes 32-bit words only");
        }
    }
}
