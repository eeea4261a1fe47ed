using MicroFirmware.Emulator.Chips.Cores;

namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>Collects instructions of one set, 16 to 32 bits each.</summary>
internal sealed class ProgramBuilder(InstructionSet set, uint address)
{
    private readonly List<byte> _octets = [];

    public uint Here => address + (uint)_octets.Count;

    public void Add(uint word)
    {
        for (int i = 0; i < set.LengthOf(word); i++)
        {
            _octets.Add((byte)(word >> (8 * i)));
        }
    }

    public void Add(params ReadOnlySpan<uint> words)
    {
        foreach (uint word in words)
        {
            Add(word);
        }
    }

    public void Data(ReadOnlySpan<byte> octets) => _octets.AddRange(octets);

    public byte[] ToArray() => [.. _octets];
}
