using System.Buffers.Binary;

namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>
/// The smallest executable that Linux, and QEMU's user mode, accepts: one ELF32 header, one program header, one segment
/// that may be read, written and executed (System V ABI, chapter 4 and 5).
/// </summary>
internal static class StaticElf
{
    /// <summary>EM_RISCV.</summary>
    public const ushort RiscV = 243;

    /// <summary>EM_XTENSA.</summary>
    public const ushort Xtensa = 94;

    private const int HeaderSize = 52;
    private const int ProgramHeaderSize = 32;
    private const int ImageOffset = 4096;

    /// <summary>Wraps an image that is loaded at a page-aligned address.</summary>
    public static byte[] Build(ushort machine, uint address, uint entry, ReadOnlySpan<byte> image)
    {
        byte[] file = new byte[ImageOffset + image.Length];
        Span<byte> f = file;
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 1, 1, 1 }.CopyTo(f);
        Half(f, 16, 2);
        Half(f, 18, machine);
        Word(f, 20, 1);
        Word(f, 24, entry);
        Word(f, 28, HeaderSize);
        Half(f, 40, HeaderSize);
        Half(f, 42, ProgramHeaderSize);
        Half(f, 44, 1);
        Span<byte> program = f[HeaderSize..];
        Word(program, 0, 1);
        Word(program, 4, ImageOffset);
        Word(program, 8, address);
        Word(program, 12, address);
        Word(program, 16, (uint)image.Length);
        Word(program, 20, (uint)image.Length);
        Word(program, 24, 7);
        Word(program, 28, ImageOffset);
        image.CopyTo(f[ImageOffset..]);
        return file;
    }

    private static void Half(Span<byte> f, int at, int value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(f[at..], (ushort)value);

    private static void Word(Span<byte> f, int at, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(f[at..], value);
}
