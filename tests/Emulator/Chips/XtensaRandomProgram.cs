using System.Buffers.Binary;
using MicroFirmware.Emulator.Chips.Cores;
using MicroFirmware.Emulator.Chips.Xtensa;

namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>
/// A random program of chosen instructions. It is a row of groups: load all registers and the shift amount, some
/// instructions, store them all, next 256 octets.
/// <code>
/// Base    words that l32r may read
/// Entry   code
/// Data    groups of 256 octets: 15 registers, shift amount, 64 octets unused, 128 octets for loads and stores
/// </code>
/// </summary>
internal sealed class XtensaRandomProgram
{
    public const uint Base = 0x0010_0000;
    public const uint Entry = Base + 0x1000;
    public const uint Data = Base + 0x2_0000;
    public const int GroupOctets = 256;

    private const int Pointer = 15;
    private const int Counter = 14;
    private const int ShiftAmountSlot = 60;
    private const int ShiftAmountRegister = 3;
    private const int InstructionsInGroup = 20;
    private const uint NrWrite = 13;
    private const uint NrExit = 118;

    private readonly Instruction[] _rows;
    private readonly Random _random;
    private readonly int _seed;
    private readonly List<(uint Start, uint End)> _groups = [];

    public XtensaRandomProgram(Instruction[] rows, int groups, int seed)
    {
        _rows = rows;
        _seed = seed;
        _random = new Random(seed);
        ProgramBuilder program = new(XtensaInstructions.Shared, Base);
        program.Data(RandomData.Words(_random, (int)(Entry - Base) / 4));
        program.Add(XtensaCode.Constant(Pointer, Data));
        for (int i = 0; i < groups; i++)
        {
            AddGroup(program);
        }
        AddEnd(program, (uint)(groups * GroupOctets));
        program.Data(new byte[Data - program.Here]);
        program.Data(RandomData.Words(_random, groups * GroupOctets / 4, !rows.Any(IsDivision)));
        Image = program.ToArray();
    }

    public byte[] Image { get; }

    public static bool IsDivision(Instruction row) => row.Name is "quou" or "quos" or "remu" or "rems";

    public byte[] ToElf() => StaticElf.Build(StaticElf.Xtensa, Base, Entry, Image);

    public override string ToString() => $"seed {_seed}, {(_rows.Length == 1 ? _rows[0].Name : "mixed")}";

    public string Listing(int group)
    {
        if (group >= _groups.Count)
        {
            return "";
        }
        List<string> lines = [];
        for (uint pc = _groups[group].Start; pc < _groups[group].End;)
        {
            uint word = BinaryPrimitives.ReadUInt32LittleEndian(Image.AsSpan((int)(pc - Base)));
            lines.Add($"{pc:x8}  {XtensaInstructions.Shared.Disassemble(word, pc)}");
            pc += (uint)XtensaInstructions.Shared.LengthOf(word);
        }
        return string.Join('\n', lines);
    }

    private static void AddEnd(ProgramBuilder program, uint length) => program.Add(
    [
        .. XtensaCode.Constant(3, Data), .. XtensaCode.Constant(4, length),
        XtensaCode.Movi(6, 1), XtensaCode.Movi(2, (int)NrWrite), XtensaCode.Syscall,
        XtensaCode.Movi(6, 0), XtensaCode.Movi(2, (int)NrExit), XtensaCode.Syscall,
    ]);

    private void AddGroup(ProgramBuilder program)
    {
        uint start = program.Here;
        program.Add(XtensaCode.L32i(0, Pointer, ShiftAmountSlot), XtensaCode.Ssr(0));
        for (int register = 0; register < Pointer; register++)
        {
            program.Add(XtensaCode.L32i(register, Pointer, 4 * register));
        }
        program.Add(XtensaCode.Movi(Counter, _random.Next(LeastCount(), 6)));
        AddBody(program);
        for (int register = 0; register < Pointer; register++)
        {
            program.Add(XtensaCode.S32i(register, Pointer, 4 * register));
        }
        program.Add(
            XtensaCode.Rsr(0, ShiftAmountRegister),
            XtensaCode.S32i(0, Pointer, ShiftAmountSlot),
            XtensaCode.Addmi(Pointer, Pointer, GroupOctets));
        _groups.Add((start, program.Here));
    }

    private void AddBody(ProgramBuilder program)
    {
        // Two instructions at the end, because a branch goes at least four octets forward.
        uint[] body =
        [
            .. Enumerable.Range(0, InstructionsInGroup).Select(_ => RandomInstruction()),
            XtensaCode.Nop, XtensaCode.Nop,
        ];
        for (int i = 0; i < InstructionsInGroup; i++)
        {
            Instruction row = XtensaInstructions.Shared.Find(body[i])!;
            int skipped = Math.Min(_random.Next(2, 6), body.Length - i - 1);
            int distance = body[i..(i + skipped + 1)].Sum(XtensaInstructions.Shared.LengthOf);
            program.Add(row.Operands.Any(operand => operand[0] == '>') ? Redirect(body[i], row, distance) : body[i]);
        }
        program.Add(XtensaCode.Nop, XtensaCode.Nop);
    }

    /// <summary>Loops count a register that is small and that nothing else writes, so that they end.</summary>
    private int LeastCount() => _rows is [{ Name: "loopnez" }] ? 0 : _rows is [{ Name: "loopgtz" }] ? -2 : 1;

    private uint RandomInstruction()
    {
        XtensaInstructions set = XtensaInstructions.Shared;
        while (true)
        {
            Instruction row = _rows[_random.Next(_rows.Length)];
            uint word = row.Match | ((uint)_random.Next(1 << 24) & ~row.Mask);
            if (set.LengthOf(word) == 2)
            {
                word &= 0xffff;
            }
            if (IsDivision(row))
            {
                // Sources that no instruction of the group changes: never zero.
                word = (word & 0xff_000f) | ((uint)_random.Next(4) << 12) | 0x000450;
            }
            if (row.Operands.Any(operand => operand.StartsWith("#off") || operand == "#narrow4"))
            {
                word = (word & 0xff_f0ff) | (Pointer << 8);
            }
            if (row.ImmediateName == "loop")
            {
                word = (word & 0xff_f0ff) | (Counter << 8);
            }
            if (set.Find(word) == row && set.WrittenRegister(word) < Counter && IsInGroup(word, row))
            {
                return word;
            }
        }
    }

    private static bool IsInGroup(uint word, Instruction row) => row.ImmediateName switch
    {
        "off8" or "off8x2" or "off8x4" =>
            XtensaInstructions.Shared.Immediate(row.ImmediateName, word, 0) is >= 128 and <= GroupOctets - 4,
        // No farther back than the words in front of the code reach.
        "literal" => XtensaInstructions.Shared.Immediate("literal", word, Entry) >= (int)Base,
        _ => true,
    };

    private static uint Redirect(uint word, Instruction row, int distance)
    {
        uint offset = (uint)distance - 4;
        return row.ImmediateName switch
        {
            "literal" => word,
            "jump" => (word & 0x3f) | (offset << 6),
            "branch12" => (word & 0xfff) | ((offset & 0xfff) << 12),
            "branch8" or "loop" => (word & 0xffff) | ((offset & 0xff) << 16),
            "narrow6" => (word & 0x0fcf) | ((offset & 15) << 12) | (offset & 0x30),
            _ => throw new InvalidOperationException(row.Name),
        };
    }
}
