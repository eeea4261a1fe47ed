using MicroFirmware.Emulator.Chips.Cores;

namespace MicroFirmware.Emulator.Chips.Xtensa;

/// <summary>
/// The Xtensa instruction set as a table (Xtensa Instruction Set Architecture Reference Manual, chapters 6 and 7):
/// core,
/// density, loop, 32-bit multiply and divide, min/max, sign extension, normalisation, conditional store.
/// Fields: d = r, a = s, b = t.
/// <code>
/// 23   20 19   16 15   12 11    8 7     4 3     0
/// [ op2  |  op1  |   r   |   s   |   t   |  op0  ]  24-bit, little-endian
///                 [   r   |   s   |   t   |  op0  ]  16-bit
/// </code>
/// </summary>
internal sealed class XtensaInstructions : InstructionSet
{
    private static readonly int[] s_signedConstants =
        [-1, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 32, 64, 128, 256];

    private static readonly int[] s_unsignedConstants =
        [32768, 65536, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 32, 64, 128, 256];

    private XtensaInstructions()
        : base(XtensaTable.Rows)
    {
    }

    /// <summary>The one table.</summary>
    public static XtensaInstructions Shared { get; } = new();

    public override int CodeShift => 0;

    public override int LengthOf(uint word) => (word & 15) >= 8 ? 2 : 3;

    public override string RegisterName(int register) => "a" + register;

    public override byte Field(uint word, char letter) => letter switch
    {
        'd' => (byte)((word >> 12) & 15),
        'a' => (byte)((word >> 8) & 15),
        'b' => (byte)((word >> 4) & 15),
        _ => throw new ArgumentOutOfRangeException(nameof(letter)),
    };

    public override int Immediate(string name, uint word, uint pc) => name switch
    {
        "imm8" => Signed(word >> 16, 8),
        "imm8x256" => Signed(word >> 16, 8) << 8,
        "off8" => (int)((word >> 16) & 0xff),
        "off8x2" => (int)((word >> 16) & 0xff) << 1,
        "off8x4" => (int)((word >> 16) & 0xff) << 2,
        "imm12" => Signed(((word & 0xf00) | ((word >> 16) & 0xff)) & 0xfff, 12),
        "literal" => (int)((pc + 3) & ~3u) + (int)((word >> 6) | 0xfffc_0000) & ~3,
        "slli" => 32 - (int)(((word >> 4) & 15) | ((word >> 16) & 16)),
        "srai" => (int)(((word >> 8) & 15) | ((word >> 16) & 16)),
        "s" => (int)((word >> 8) & 15),
        "ssai" => (int)(((word >> 8) & 15) | (word & 0x10)),
        "extui" => (int)(((word >> 8) & 15) | ((word >> 12) & 16)) | ((int)((word >> 20) & 15) << 8),
        "t+7" => (int)((word >> 4) & 15) + 7,
        "sr" => (int)((word >> 8) & 0xff),
        "narrow4" => (int)((word >> 12) & 15) << 2,
        "addin" => ((word >> 4) & 15) == 0 ? -1 : (int)((word >> 4) & 15),
        "movin" => NarrowMove((int)((word & 0x70) | ((word >> 12) & 15))),
        "call" => (int)(pc & ~3u) + (Signed(word >> 6, 18) << 2) + 4,
        "jump" => (int)pc + 4 + Signed(word >> 6, 18),
        "branch12" => (int)pc + 4 + Signed(word >> 12, 12),
        "branch8" => (int)pc + 4 + Signed(word >> 16, 8),
        "narrow6" => (int)pc + 4 + (int)((word & 0x30) | ((word >> 12) & 15)),
        "signed" => s_signedConstants[(word >> 12) & 15],
        "unsigned" => s_unsignedConstants[(word >> 12) & 15],
        "bit" => (int)(((word >> 4) & 15) | ((word >> 8) & 16)),
        "loop" => (int)pc + 4 + (int)((word >> 16) & 0xff),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    protected override uint Expand(uint word) => LengthOf(word) == 2 ? word & 0xffff : word & 0xff_ffff;

    protected override void DecodeFields(uint word, ref Op op)
    {
        op.D = Field(word, 'd');
        op.A = Field(word, 'a');
        op.B = Field(word, 'b');
    }

    /// <summary>The constant of beqi, bnei, blti, bgei, which its r field numbers.</summary>
    public static int SignedConstant(byte code) => s_signedConstants[code];

    /// <summary>The constant of bltui, bgeui, which its r field numbers.</summary>
    public static int UnsignedConstant(byte code) => s_unsignedConstants[code];

    private static int NarrowMove(int code) => code >= 96 ? code - 128 : code;

    private static int Signed(uint value, int width) => (int)(value << (32 - width)) >> (32 - width);
}
