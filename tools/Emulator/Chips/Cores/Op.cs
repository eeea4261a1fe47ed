using System.Runtime.InteropServices;

namespace MicroFirmware.Emulator.Chips.Cores;

/// <summary>
/// One decoded instruction, in 16 octets: a scanner's loop of 27 KB of code then stays in a processor's second-level
/// cache. An <see cref="Execute"/> of null means "not decoded yet".
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Op
{
    private const int CostShift = 4;

    /// <summary>What the instruction does; called with the program counter already behind it.</summary>
    public delegate*<Core, ref Op, void> Execute;

    /// <summary>Immediate operand, ready for use: scaled, extended; for a branch the distance or address.</summary>
    public int Imm;

    /// <summary>Register fields: RISC-V rd, rs1, rs2; Xtensa r, s, t.</summary>
    public byte D, A, B;

    private byte _lengthAndCost;

    /// <summary>Octets the instruction takes, 2 to 4.</summary>
    public readonly uint Length => _lengthAndCost & 15u;

    /// <summary>
    /// Cycles when no branch is taken and no bus is touched. A load whose result the next instruction uses carries the
    /// wait of that instruction: the follower of a load is always the one in memory behind it.
    /// </summary>
    public readonly int Cost => _lengthAndCost >> CostShift;

    /// <summary>Sets length and cost, each below 16.</summary>
    public void SetShape(int length, int cost) => _lengthAndCost = (byte)(length | (cost << CostShift));
}
