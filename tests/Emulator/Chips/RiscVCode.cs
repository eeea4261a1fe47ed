namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>The few RISC-V instructions that tests write by hand.</summary>
internal static class RiscVCode
{
    public const uint Ecall = 0x73;

    public static uint Lui(int rd, uint value) => (value & 0xffff_f000) | ((uint)rd << 7) | 0x37;

    public static uint Addi(int rd, int rs, int imm) => ((uint)imm << 20) | ((uint)rs << 15) | ((uint)rd << 7) | 0x13;

    public static uint Lw(int rd, int rs, int imm) =>
        ((uint)imm << 20) | ((uint)rs << 15) | (2 << 12) | ((uint)rd << 7) | 0x03;

    public static uint Sw(int source, int rs, int imm) =>
        ((uint)(imm >> 5) << 25) | ((uint)source << 20) | ((uint)rs << 15) | (2 << 12) | ((uint)(imm & 31) << 7) | 0x23;

    /// <summary>lui and addi for any constant.</summary>
    public static uint[] Li(int rd, uint value) =>
        [Lui(rd, value + 0x800), Addi(rd, rd, (int)(value << 20) >> 20)];
}
