using System.Diagnostics.CodeAnalysis;
using MicroFirmware.Emulator.Chips.Cores;

namespace MicroFirmware.Emulator.Chips.Buses;

/// <summary>What is at which address: memories and peripherals. Nothing answers anywhere else.</summary>
internal sealed class Bus
{
    private readonly List<(uint Base, Memory Memory)> _memories = [];
    private (uint Base, Register?[] Registers)[] _peripherals = [];

    /// <summary>Register reads since reset.</summary>
    public long Reads { get; private set; }

    /// <summary>Register writes since reset.</summary>
    public long Writes { get; private set; }

    /// <summary>Maps a memory; the same one may be mapped at several addresses.</summary>
    public void Map(uint address, Memory memory) => _memories.Add((address, memory));

    /// <summary>Maps a peripheral by its register map.</summary>
    public void Map(uint address, RegisterMap map)
    {
        Register?[] registers = new Register?[map.Size / 4];
        for (uint i = 0; i < registers.Length; i++)
        {
            registers[i] = map.Find(4 * i);
        }
        _peripherals = [.. _peripherals, (address, registers)];
    }

    public void CountRead() => Reads++;

    public void CountWrite() => Writes++;

    /// <summary>Finds the memory that holds an address, and where it begins.</summary>
    public bool TryFindMemory(uint address, [NotNullWhen(true)] out Memory? memory, out uint origin)
    {
        foreach ((uint start, Memory candidate) in _memories)
        {
            if (address - start < (uint)candidate.Octets.Length)
            {
                memory = candidate;
                origin = start;
                return true;
            }
        }
        memory = null;
        origin = 0;
        return false;
    }

    /// <summary>Finds the register at an address, which is a multiple of four.</summary>
    public bool TryFindRegister(uint address, [NotNullWhen(true)] out Register? register)
    {
        foreach ((uint start, Register?[] registers) in _peripherals)
        {
            uint index = (address - start) / 4;
            if (index < (uint)registers.Length)
            {
                register = registers[index];
                return register is not null;
            }
        }
        register = null;
        return false;
    }

    /// <summary>The up to four octets of an instruction; false when no memory is there.</summary>
    public bool TryFetch(uint address, out uint word)
    {
        if (!TryFindMemory(address, out Memory? memory, out uint origin))
        {
            word = 0;
            return false;
        }
        word = memory.Read(address - origin, 4);
        return true;
    }

    /// <summary>Copies a block into the memory at an address, read-only or not.</summary>
    /// <exception cref="ArgumentException">No memory there is large enough.</exception>
    public void Load(uint address, ReadOnlySpan<byte> block)
    {
        (Memory memory, uint offset) = Locate(address, block.Length);
        memory.Load(offset, block);
    }

    /// <summary>Copies a block out of the memory at an address.</summary>
    /// <exception cref="ArgumentException">No memory there is large enough.</exception>
    public void Read(uint address, Span<byte> block)
    {
        (Memory memory, uint offset) = Locate(address, block.Length);
        memory.Octets.AsSpan((int)offset, block.Length).CopyTo(block);
    }

    private (Memory Memory, uint Offset) Locate(uint address, int length) =>
        TryFindMemory(address, out Memory? memory, out uint origin)
        && address - origin + length <= memory.Octets.Length
            ? (memory, address - origin)
            : throw new ArgumentException($"No memory holds {length} octets at 0x{address:x8}.", nameof(address));
}
