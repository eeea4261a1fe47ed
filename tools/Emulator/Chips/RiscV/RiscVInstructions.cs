using MicroFirmware.Emulator.Chips.Cores;

namespace MicroFirmware.Emulator.Chips.RiscV;

/// <summary>
/// RV32IMC as a table (The RISC-V Instruction Set Manual, Volume I, 20240411: chapters 2, 7, 13, 27 and 35).
/// Fields: d = rd, a = rs1, b = rs2.
/// <code>
/// 31      25 24  20 19  15 14  12 11   7 6      0
/// [ funct7  |  rs2 |  rs1 |funct3|  rd  | opcode ]  R
/// [ imm[11:0]      |  rs1 |funct3|  rd  | opcode ]  I
/// [imm[11:5]|  rs2 |  rs1 |funct3| imm  | opcode ]  S, B
/// [ imm[31:12]                   |  rd  | opcode ]  U, J
/// </code>
/// </summary>
internal sealed unsafe class RiscVInstructions : InstructionSet
{
    /// <summary>Writes to x0 go here: nothing reads it.</summary>
    public const byte Sink = 32;

    private const uint R = 0xfe00_707f;
    private const uint I = 0x0000_707f;
    private const uint U = 0x0000_007f;
    private const uint All = 0xffff_ffff;

    private static readonly string[] s_registers =
    [
        "zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5",
        "a6", "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6",
    ];

    private static readonly Instruction[] s_rows =
    [
        new("lui", 0x0000_0037, U, "=d,#u", &RiscVOperations.LoadImmediate),
        new("auipc", 0x0000_0017, U, "=d,#u", &RiscVOperations.AddToPc),
        new("jal", 0x0000_006f, U, "=d,>j", &RiscVOperations.JumpAndLink),
        new("jalr", 0x0000_0067, I, "=d,a,#i", &RiscVOperations.JumpAndLinkRegister),
        new("beq", 0x0000_0063, I, "a,b,>b", &RiscVOperations.BranchEqual),
        new("bne", 0x0000_1063, I, "a,b,>b", &RiscVOperations.BranchNotEqual),
        new("blt", 0x0000_4063, I, "a,b,>b", &RiscVOperations.BranchLess),
        new("bge", 0x0000_5063, I, "a,b,>b", &RiscVOperations.BranchGreaterOrEqual),
        new("bltu", 0x0000_6063, I, "a,b,>b", &RiscVOperations.BranchLessUnsigned),
        new("bgeu", 0x0000_7063, I, "a,b,>b", &RiscVOperations.BranchGreaterOrEqualUnsigned),
        new("lb", 0x0000_0003, I, "=d,#i,(a", &RiscVOperations.LoadByte, isLoad: true),
        new("lh", 0x0000_1003, I, "=d,#i,(a", &RiscVOperations.LoadHalf, isLoad: true),
        new("lw", 0x0000_2003, I, "=d,#i,(a", &RiscVOperations.LoadWord, isLoad: true),
        new("lbu", 0x0000_4003, I, "=d,#i,(a", &RiscVOperations.LoadByteUnsigned, isLoad: true),
        new("lhu", 0x0000_5003, I, "=d,#i,(a", &RiscVOperations.LoadHalfUnsigned, isLoad: true),
        new("sb", 0x0000_0023, I, "b,#s,(a", &RiscVOperations.StoreByte),
        new("sh", 0x0000_1023, I, "b,#s,(a", &RiscVOperations.StoreHalf),
        new("sw", 0x0000_2023, I, "b,#s,(a", &RiscVOperations.StoreWord),
        new("addi", 0x0000_0013, I, "=d,a,#i", &RiscVOperations.AddImmediate),
        new("slti", 0x0000_2013, I, "=d,a,#i", &RiscVOperations.SetLessImmediate),
        new("sltiu", 0x0000_3013, I, "=d,a,#i", &RiscVOperations.SetLessImmediateUnsigned),
        new("xori", 0x0000_4013, I, "=d,a,#i", &RiscVOperations.XorImmediate),
        new("ori", 0x0000_6013, I, "=d,a,#i", &RiscVOperations.OrImmediate),
        new("andi", 0x0000_7013, I, "=d,a,#i", &RiscVOperations.AndImmediate),
        new("slli", 0x0000_1013, R, "=d,a,#shamt", &RiscVOperations.ShiftLeftImmediate),
        new("srli", 0x0000_5013, R, "=d,a,#shamt", &RiscVOperations.ShiftRightImmediate),
        new("srai", 0x4000_5013, R, "=d,a,#shamt", &RiscVOperations.ShiftRightArithmeticImmediate),
        new("add", 0x0000_0033, R, "=d,a,b", &RiscVOperations.Add),
        new("sub", 0x4000_0033, R, "=d,a,b", &RiscVOperations.Subtract),
        new("sll", 0x0000_1033, R, "=d,a,b", &RiscVOperations.ShiftLeft),
        new("slt", 0x0000_2033, R, "=d,a,b", &RiscVOperations.SetLess),
        new("sltu", 0x0000_3033, R, "=d,a,b", &RiscVOperations.SetLessUnsigned),
        new("xor", 0x0000_4033, R, "=d,a,b", &RiscVOperations.Xor),
        new("srl", 0x0000_5033, R, "=d,a,b", &RiscVOperations.ShiftRight),
        new("sra", 0x4000_5033, R, "=d,a,b", &RiscVOperations.ShiftRightArithmetic),
        new("or", 0x0000_6033, R, "=d,a,b", &RiscVOperations.Or),
        new("and", 0x0000_7033, R, "=d,a,b", &RiscVOperations.And),
        new("mul", 0x0200_0033, R, "=d,a,b", &RiscVOperations.Multiply),
        new("mulh", 0x0200_1033, R, "=d,a,b", &RiscVOperations.MultiplyHigh),
        new("mulhsu", 0x0200_2033, R, "=d,a,b", &RiscVOperations.MultiplyHighSignedUnsigned),
        new("mulhu", 0x0200_3033, R, "=d,a,b", &RiscVOperations.MultiplyHighUnsigned),
        new("div", 0x0200_4033, R, "=d,a,b", &RiscVOperations.Divide),
        new("divu", 0x0200_5033, R, "=d,a,b", &RiscVOperations.DivideUnsigned),
        new("rem", 0x0200_6033, R, "=d,a,b", &RiscVOperations.Remainder),
        new("remu", 0x0200_7033, R, "=d,a,b", &RiscVOperations.RemainderUnsigned),
        new("fence", 0x0000_000f, I, "", &RiscVOperations.Fence),
        new("fence.i", 0x0000_100f, I, "", &RiscVOperations.Fence),
        new("ecall", 0x0000_0073, All, "", &RiscVOperations.EnvironmentCall),
        new("ebreak", 0x0010_0073, All, "", &RiscVOperations.Breakpoint),
        new("rdcycle", 0xc000_2073, 0xffff_f07f, "=d", &RiscVOperations.ReadCycle),
        new("rdinstret", 0xc020_2073, 0xffff_f07f, "=d", &RiscVOperations.ReadRetired),
        new("rdcycleh", 0xc800_2073, 0xffff_f07f, "=d", &RiscVOperations.ReadCycleHigh),
        new("rdinstreth", 0xc820_2073, 0xffff_f07f, "=d", &RiscVOperations.ReadRetiredHigh),
        new("rdmcycle", 0xb000_2073, 0xffff_f07f, "=d", &RiscVOperations.ReadCycle),
        new("rdmpccr", 0x7e20_2073, 0xffff_f07f, "=d", &RiscVOperations.ReadCycle),
    ];

    private RiscVInstructions()
        : base(s_rows)
    {
    }

    /// <summary>The one table.</summary>
    public static RiscVInstructions Shared { get; } = new();

    public override int CodeShift => 1;

    public override int LengthOf(uint word) => (word & 3) == 3 ? 4 : 2;

    public override string RegisterName(int register) => s_registers[register];

    public override byte Field(uint word, char letter) => letter switch
    {
        'd' => (byte)((word >> 7) & 31),
        'a' => (byte)((word >> 15) & 31),
        'b' => (byte)((word >> 20) & 31),
        _ => throw new ArgumentOutOfRangeException(nameof(letter)),
    };

    public override int Immediate(string name, uint word, uint pc)
    {
        int signed = (int)word;
        return name switch
        {
            "i" => signed >> 20,
            "s" => ((signed >> 25) << 5) | (int)((word >> 7) & 31),
            "u" => (int)(word & 0xffff_f000),
            "shamt" => (int)((word >> 20) & 31),
            "b" => (int)pc + (((signed >> 31) << 12)
                | (int)(((word >> 7) & 1) << 11) | (int)(((word >> 25) & 0x3f) << 5) | (int)(((word >> 8) & 15) << 1)),
            "j" => (int)pc + (((signed >> 31) << 20)
                | (int)(word & 0xf_f000) | (int)(((word >> 20) & 1) << 11) | (int)(((word >> 21) & 0x3ff) << 1)),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }

    protected override uint Expand(uint word) =>
        LengthOf(word) == 4 ? word : RiscVCompressed.Expand((ushort)word);

    protected override bool IsConstant(int register) => register == 0;

    protected override void DecodeFields(uint word, ref Op op)
    {
        byte destination = Field(word, 'd');
        op.D = destination == 0 ? Sink : destination;
        op.A = Field(word, 'a');
        op.B = Field(word, 'b');
    }
}
