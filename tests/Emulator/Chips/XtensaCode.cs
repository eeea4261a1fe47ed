namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>The few Xtensa instructions that tests write by hand.</summary>
internal static class XtensaCode
{
    public const uint Syscall = 0x00_5000;
    public const uint Nop = 0x00_20f0;
    public const uint Ret = 0x00_0080;

    public static uint L32i(int at, int @as, int offset) => Load(2, at, @as, offset / 4);

    public static uint S32i(int at, int @as, int offset) => Load(6, at, @as, offset / 4);

    public static uint Addi(int at, int @as, int imm) => Load(12, at, @as, imm & 0xff);

    public static uint Addmi(int at, int @as, int imm) => Load(13, at, @as, (imm >> 8) & 0xff);

    public static uint Movi(int at, int imm) => Load(10, at, (imm >> 8) & 15, imm & 0xff);

    public static uint Ssr(int @as) => 0x40_0000 | ((uint)@as << 8);

    public static uint Rsr(int at, int special) => 0x03_0000 | ((uint)special << 8) | ((uint)at << 4);

    public static uint Wsr(int at, int special) => 0x13_0000 | ((uint)special << 8) | ((uint)at << 4);

    /// <summary>Any constant, in a register that is not used otherwise: movi, slli, addi octet by octet.</summary>
    public static uint[] Constant(int at, uint value) =>
    [
        Movi(at, (int)(value >> 24) & 0xff),
        Slli8(at), Orb(at, value >> 16), Slli8(at), Orb(at, value >> 8), Slli8(at), Orb(at, value),
    ];

    private static uint Load(uint r, int at, int @as, int imm8) =>
        ((uint)imm8 << 16) | (r << 12) | ((uint)@as << 8) | ((uint)at << 4) | 2;

    // slli ar, as, 8 is coded as 32 - 8 = 24: op2 = 1, t = 8.
    private static uint Slli8(int at) => 0x11_0080 | ((uint)at << 12) | ((uint)at << 8);

    // addi reaches 127 only: the callers' constants have octets below 128.
    private static uint Orb(int at, uint octet) => (octet & 0x80) == 0
        ? Addi(at, at, (int)(octet & 0x7f))
        : throw new ArgumentOutOfRangeException(nameof(octet), "Octets of 0x80 and more need another way.");
}
