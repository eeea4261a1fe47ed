using System.Runtime.InteropServices;

namespace MicroFirmware.Emulator.Chips.Cores;

/// <summary>
/// One decoded instruction. 32 octets, so that an index into a code page is a shift. An <see cref="Execute"/> of null
/// means "not decoded yet".
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Op
{
    /// <summary>What the instruction does; called with the program counter already behind it.</summary>
    public delegate*<Core, ref Op, void> Execute;

    /// <summary>
    /// What a wrapper in <see cref="Execute"/> calls first (the end of an Xtensa zero-overhead loop).
    /// </summary>
    public delegate*<Core, ref Op, void> Inner;

    /// <summary>Immediate operand, ready for use: scaled, extended; for a branch the distance or address.</summary>
    public int Imm;

    /// <summary>Register fields: RISC-V rd, rs1, rs2; Xtensa r, s, t.</summary>
    public byte D, A, B;

    /// <summary>Octets the instruction takes.</summary>
    public byte Length;

    /// <summary>
    /// Cycles when no branch is taken and no bus is touched. A load whose result the next instruction uses carries the
    /// wait of that instruction: the follower of a load is always the one in memory behind it.
    /// </summary>
    public byte Cost;
}
