using System.Buffers.Binary;
using System.Text;

namespace MicroFirmware.KernelForge.Images;

/// <summary>What is needed of a linked little-endian 32-bit ELF file: its one loaded block and its symbols.</summary>
internal sealed class Elf32
{
    private const int SectionHeaderSize = 40;
    private const int SymbolSize = 16;
    private const uint SectionProgramBits = 1;
    private const uint SectionSymbols = 2;
    private const uint FlagAllocated = 2;

    private readonly byte[] _file;

    /// <exception cref="InvalidDataException">It is not such a file, or has more than one loaded block.</exception>
    public Elf32(byte[] file)
    {
        _file = file;
        if (file.Length < 52 || Word(0) != 0x464C457F || file[4] != 1 || file[5] != 1)
        {
            throw new InvalidDataException("The linker's output is not a little-endian ELF32 file.");
        }

        var sections = Enumerable.Range(0, Half(48)).Select(i => (int)Word(32) + i * SectionHeaderSize).ToArray();
        var loaded = sections.Single(at =>
            Word(at + 4) == SectionProgramBits && (Word(at + 8) & FlagAllocated) != 0 && Word(at + 20) != 0);
        Base = Word(loaded + 12);
        Image = file.AsSpan((int)Word(loaded + 16), (int)Word(loaded + 20)).ToArray();

        var table = sections.Single(at => Word(at + 4) == SectionSymbols);
        var names = (int)Word(sections[(int)Word(table + 24)] + 16);
        for (var at = (int)Word(table + 16); at < Word(table + 16) + Word(table + 20); at += SymbolSize)
        {
            Symbols[Text(names + (int)Word(at))] = Word(at + 4);
        }
    }

    /// <summary>Address of the first octet.</summary>
    public uint Base { get; }

    /// <summary>The loaded octets.</summary>
    public byte[] Image { get; }

    /// <summary>Symbol to address.</summary>
    public Dictionary<string, uint> Symbols { get; } = [];

    private uint Word(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(at));

    private int Half(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_file.AsSpan(at));

    private string Text(int at) => Encoding.ASCII.GetString(_file.AsSpan(at, _file.AsSpan(at).IndexOf((byte)0)));
}
