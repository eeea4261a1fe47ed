namespace MicroFirmware.Emulator.Chips.RiscV;

/// <summary>
/// RV32C: every 16-bit form stands for one 32-bit instruction (ISA manual, volume I, chapter 27). Floating-point forms
/// are not implemented.
/// </summary>
internal static class RiscVCompressed
{
    private const uint Zero = 0;
    private const uint Ra = 1;
    private const uint Sp = 2;

    /// <summary>The 32-bit instruction, or 0 (which no table row matches) for a reserved form.</summary>
    public static uint Expand(ushort code) => (code & 3) switch
    {
        0 => Quadrant0(code),
        1 => Quadrant1(code),
        2 => Quadrant2(code),
        _ => 0,
    };

    private static uint Quadrant0(uint c) => (c >> 13) switch
    {
        0 when StackOffset(c) != 0 => AddI(Short(c, 2), Sp, StackOffset(c)),
        2 => Load(Short(c, 2), Short(c, 7), WordOffset(c)),
        6 => Store(Short(c, 2), Short(c, 7), WordOffset(c)),
        _ => 0,
    };

    private static uint Quadrant1(uint c) => (c >> 13) switch
    {
        0 => AddI(Full(c, 7), Full(c, 7), Signed6(c)),
        1 => Jump(Ra, JumpOffset(c)),
        2 => AddI(Full(c, 7), Zero, Signed6(c)),
        3 when Full(c, 7) == Sp => Signed16Sp(c) == 0 ? 0 : AddI(Sp, Sp, Signed16Sp(c)),
        3 => Signed6(c) == 0 ? 0 : ((uint)Signed6(c) << 12) | (Full(c, 7) << 7) | 0x37,
        4 => Arithmetic(c),
        5 => Jump(Zero, JumpOffset(c)),
        6 => Branch(0, Short(c, 7), BranchOffset(c)),
        _ => Branch(1, Short(c, 7), BranchOffset(c)),
    };

    private static uint Quadrant2(uint c) => (c >> 13) switch
    {
        0 when Bit(c, 12) == 0 => Shift(1, 0, Full(c, 7), Bits(c, 2, 5)),
        2 when Full(c, 7) != 0 => Load(Full(c, 7), Sp, StackLoadOffset(c)),
        4 => Register(c),
        6 => Store(Full(c, 2), Sp, StackStoreOffset(c)),
        _ => 0,
    };

    /// <summary>c.srli, c.srai, c.andi, c.sub, c.xor, c.or, c.and.</summary>
    private static uint Arithmetic(uint c)
    {
        uint rd = Short(c, 7);
        return (Bits(c, 10, 2), Bit(c, 12), Bits(c, 5, 2)) switch
        {
            (0, 0, _) => Shift(5, 0, rd, Bits(c, 2, 5)),
            (1, 0, _) => Shift(5, 0x20, rd, Bits(c, 2, 5)),
            (2, _, _) => ((uint)Signed6(c) << 20) | (rd << 15) | (7 << 12) | (rd << 7) | 0x13,
            (3, 0, 0) => Op(0x20, 0, rd, rd, Short(c, 2)),
            (3, 0, 1) => Op(0, 4, rd, rd, Short(c, 2)),
            (3, 0, 2) => Op(0, 6, rd, rd, Short(c, 2)),
            (3, 0, 3) => Op(0, 7, rd, rd, Short(c, 2)),
            _ => 0,
        };
    }

    /// <summary>c.jr, c.mv, c.ebreak, c.jalr, c.add.</summary>
    private static uint Register(uint c)
    {
        uint rd = Full(c, 7);
        uint rs = Full(c, 2);
        return (Bit(c, 12), rd, rs) switch
        {
            (0, 0, 0) => 0,
            (0, _, 0) => (rd << 15) | (Zero << 7) | 0x67,
            (0, _, _) => Op(0, 0, rd, Zero, rs),
            (_, 0, 0) => 0x0010_0073,
            (_, _, 0) => (rd << 15) | (Ra << 7) | 0x67,
            (_, _, _) => Op(0, 0, rd, rd, rs),
        };
    }

    private static uint AddI(uint rd, uint rs, int imm) => ((uint)imm << 20) | (rs << 15) | (rd << 7) | 0x13;

    private static uint Load(uint rd, uint rs, int imm) =>
        ((uint)imm << 20) | (rs << 15) | (2 << 12) | (rd << 7) | 0x03;

    private static uint Store(uint source, uint rs, int imm) =>
        ((uint)(imm >> 5) << 25) | (source << 20) | (rs << 15) | (2 << 12) | ((uint)(imm & 31) << 7) | 0x23;

    private static uint Shift(uint funct3, uint funct7, uint rd, uint amount) =>
        (funct7 << 25) | (amount << 20) | (rd << 15) | (funct3 << 12) | (rd << 7) | 0x13;

    private static uint Op(uint funct7, uint funct3, uint rd, uint rs1, uint rs2) =>
        (funct7 << 25) | (rs2 << 20) | (rs1 << 15) | (funct3 << 12) | (rd << 7) | 0x33;

    private static uint Jump(uint rd, int offset)
    {
        uint o = (uint)offset;
        return (Bit(o, 20) << 31) | (Bits(o, 1, 10) << 21) | (Bit(o, 11) << 20) | (Bits(o, 12, 8) << 12)
            | (rd << 7) | 0x6f;
    }

    private static uint Branch(uint funct3, uint rs, int offset)
    {
        uint o = (uint)offset;
        return (Bit(o, 12) << 31) | (Bits(o, 5, 6) << 25) | (rs << 15) | (funct3 << 12) | (Bits(o, 1, 4) << 8)
            | (Bit(o, 11) << 7) | 0x63;
    }

    private static int StackOffset(uint c) =>
        (int)((Bits(c, 11, 2) << 4) | (Bits(c, 7, 4) << 6) | (Bit(c, 6) << 2) | (Bit(c, 5) << 3));

    private static int WordOffset(uint c) => (int)((Bits(c, 10, 3) << 3) | (Bit(c, 6) << 2) | (Bit(c, 5) << 6));

    private static int StackLoadOffset(uint c) =>
        (int)((Bit(c, 12) << 5) | (Bits(c, 4, 3) << 2) | (Bits(c, 2, 2) << 6));

    private static int StackStoreOffset(uint c) => (int)((Bits(c, 9, 4) << 2) | (Bits(c, 7, 2) << 6));

    private static int Signed6(uint c) => Extend((Bit(c, 12) << 5) | Bits(c, 2, 5), 6);

    private static int Signed16Sp(uint c) => Extend(
        (Bit(c, 12) << 9) | (Bit(c, 6) << 4) | (Bit(c, 5) << 6) | (Bits(c, 3, 2) << 7) | (Bit(c, 2) << 5), 10);

    private static int JumpOffset(uint c) => Extend(
        (Bit(c, 12) << 11) | (Bit(c, 11) << 4) | (Bits(c, 9, 2) << 8) | (Bit(c, 8) << 10) | (Bit(c, 7) << 6)
        | (Bit(c, 6) << 7) | (Bits(c, 3, 3) << 1) | (Bit(c, 2) << 5), 12);

    private static int BranchOffset(uint c) => Extend(
        (Bit(c, 12) << 8) | (Bits(c, 10, 2) << 3) | (Bits(c, 5, 2) << 6) | (Bits(c, 3, 2) << 1) | (Bit(c, 2) << 5), 9);

    private static int Extend(uint value, int width) => (int)(value << (32 - width)) >> (32 - width);

    private static uint Full(uint c, int position) => Bits(c, position, 5);

    private static uint Short(uint c, int position) => 8 + Bits(c, position, 3);

    private static uint Bit(uint c, int position) => (c >> position) & 1;

    private static uint Bits(uint c, int position, int width) => (c >> position) & ((1u << width) - 1);
}
