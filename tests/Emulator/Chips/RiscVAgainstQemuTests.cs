using System.Buffers.Binary;
using MicroFirmware.Emulator.Chips.Buses;
using MicroFirmware.Emulator.Chips.Cores;
using MicroFirmware.Emulator.Chips.RiscV;
using Xunit;

namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>
/// Random RV32IMC programs run here and under QEMU; every register and every word of memory must come out the same.
/// A program is a row of groups: load all registers, some random instructions, store all registers, next 256 octets.
/// </summary>
public sealed class RiscVAgainstQemuTests
{
    private const uint Base = 0x0010_0000;
    private const int Sp = 2;
    private const int S0 = 8;
    private const int Groups = 200;
    private const int InstructionsInGroup = 24;
    private const int GroupOctets = 256;
    private const int ScratchOffset = 128;

    private static readonly string[] s_notRandom =
        ["jalr", "ecall", "ebreak", "fence.i", "rdcycle", "rdinstret", "rdcycleh", "rdinstreth", "rdmcycle", "rdmpccr"];

    [QemuFact(QemuUser.RiscV)]
    public void Random_programs_leave_what_qemu_leaves()
    {
        for (int seed = 1; seed <= 6; seed++)
        {
            (byte[] image, uint data) = MakeProgram(seed);
            byte[]? expected = QemuUser.Run(QemuUser.RiscV, StaticElf.Build(StaticElf.RiscV, Base, Base, image));
            Assert.True(expected is not null, $"seed {seed}: QEMU refused the program");
            byte[] found = RunHere(image, data, seed);
            int at = found.AsSpan().CommonPrefixLength(expected);
            int group = at / GroupOctets;
            Assert.True(
                at == found.Length && expected.Length == found.Length,
                $"seed {seed}: group {group}, offset {at % GroupOctets}\n{Listing(image, group)}");
        }
    }

    private static byte[] RunHere(byte[] image, uint data, int seed)
    {
        Bus bus = new();
        Memory memory = new("RAM", image.Length);
        bus.Map(Base, memory);
        RiscVCore core = new(bus, new BusTimer(1, 1));
        bus.Load(Base, image);
        core.EnvironmentCall = c => c.Stop();
        core.Call(Base, Base);
        core.Run(10_000_000);
        Assert.True(core.HasReturned, $"seed {seed}: the program did not end here");
        return memory.Octets[(int)(data - Base)..];
    }

    private static (byte[] Image, uint Data) MakeProgram(int seed)
    {
        Random random = new(seed);
        ProgramBuilder program = new(RiscVInstructions.Shared, Base);
        // Every group's code has the same room, so that the data's address is known before the code is.
        uint data = Base + 0x2_0000;
        program.Add(RiscVCode.Li(Sp, data));
        for (int group = 0; group < Groups; group++)
        {
            AddGroup(program, random);
        }
        program.Add(RiscVCode.Li(11, data));
        program.Add(RiscVCode.Li(12, Groups * GroupOctets));
        program.Add(
            RiscVCode.Addi(10, 0, 1), RiscVCode.Addi(17, 0, 64), RiscVCode.Ecall,
            RiscVCode.Addi(10, 0, 0), RiscVCode.Addi(17, 0, 93), RiscVCode.Ecall);
        Assert.True(program.Here <= data);
        program.Data(new byte[data - program.Here]);
        program.Data(RandomData.Words(random, Groups * GroupOctets / 4));
        return (program.ToArray(), data);
    }

    private static void AddGroup(ProgramBuilder program, Random random)
    {
        program.Add(RiscVCode.Addi(S0, Sp, 0));
        foreach (int register in Free())
        {
            program.Add(RiscVCode.Lw(register, Sp, 4 * register));
        }
        uint[] body = [.. Enumerable.Range(0, InstructionsInGroup).Select(_ => RandomInstruction(random))];
        for (int i = 0; i < body.Length; i++)
        {
            program.Add(IsBranch(body[i]) ? Redirect(body, i, random) : body[i]);
        }
        foreach (int register in Free())
        {
            program.Add(RiscVCode.Sw(register, Sp, 4 * register));
        }
        program.Add(RiscVCode.Addi(Sp, Sp, GroupOctets));
    }

    private static IEnumerable<int> Free() => Enumerable.Range(1, 31).Where(register => register is not Sp and not S0);

    private static uint RandomInstruction(Random random)
    {
        RiscVInstructions set = RiscVInstructions.Shared;
        while (true)
        {
            uint word = random.Next(2) == 0 ? RandomCompressed(random) : RandomFull(random);
            Instruction? row = set.Find(word);
            int written = row is null ? -1 : set.WrittenRegister(word);
            if (row is not null && !s_notRandom.Contains(row.Name)
                && written is not Sp and not S0 && IsInScratch(word, row))
            {
                return word;
            }
        }
    }

    private static uint RandomFull(Random random)
    {
        IReadOnlyList<Instruction> rows = RiscVInstructions.Shared.Rows;
        Instruction row = rows[random.Next(rows.Count)];
        uint word = row.Match | ((uint)random.NextInt64(1L << 32) & ~row.Mask);
        if (!row.Operands.Contains("(a"))
        {
            return word;
        }
        int offset = ScratchOffset + (4 * random.Next(32));
        bool isStore = row.Operands[0] == "b";
        uint kept = word & (isStore ? 0x01f0_707fu : 0x0000_7fffu);
        return kept | (Sp << 15) | (isStore
            ? ((uint)(offset >> 5) << 25) | ((uint)(offset & 31) << 7)
            : (uint)offset << 20);
    }

    private static uint RandomCompressed(Random random)
    {
        uint word = (uint)random.Next(1 << 16);
        return (word & 3) == 3 ? word ^ 1 : word;
    }

    /// <summary>True for what is no memory access, or one in the scratch half of the group.</summary>
    private static bool IsInScratch(uint word, Instruction row)
    {
        if (!row.Operands.Contains("(a"))
        {
            return true;
        }
        uint expanded = (word & 3) == 3 ? word : RiscVCompressed.Expand((ushort)word);
        int offset = RiscVInstructions.Shared.Immediate(row.ImmediateName!, expanded, 0);
        return ((expanded >> 15) & 31) is Sp or S0 && offset is >= ScratchOffset and <= GroupOctets - 4;
    }

    private static bool IsBranch(uint word) =>
        RiscVInstructions.Shared.Find(word)!.Operands.Any(operand => operand[0] == '>');

    /// <summary>Makes a branch go forward over one to four of the following instructions.</summary>
    private static uint Redirect(uint[] body, int index, Random random)
    {
        RiscVInstructions set = RiscVInstructions.Shared;
        Instruction row = set.Find(body[index])!;
        int skipped = Math.Min(random.Next(1, 5), body.Length - index - 1);
        int distance = body[index..(index + skipped + 1)].Sum(set.LengthOf);
        bool isJump = row.Name == "jal";
        if (set.LengthOf(body[index]) == 4)
        {
            return isJump
                ? (body[index] & 0xfff) | ((uint)distance << 20)
                : (body[index] & 0x01ff_f07f) | ((uint)(distance >> 5) << 25) | ((uint)(distance & 30) << 7);
        }
        uint immediateBits = isJump ? 0x1ffcu : 0x1c7cu;
        for (uint bits = immediateBits; bits != 0; bits = (bits - 1) & immediateBits)
        {
            uint candidate = (body[index] & ~immediateBits) | bits;
            if (set.TryDecode(candidate, 0, out Op op) && op.Imm == distance)
            {
                return candidate;
            }
        }
        throw new InvalidOperationException($"No {row.Name} goes {distance} octets forward.");
    }

    private static string Listing(byte[] image, int group)
    {
        List<string> lines = [];
        int stores = 0;
        for (int at = 0; at + 4 <= image.Length && stores <= group;)
        {
            uint word = BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(at));
            string text = RiscVInstructions.Shared.Disassemble(word, Base + (uint)at);
            stores += text == $"addi sp, sp, {GroupOctets}" ? 1 : 0;
            if (stores == group)
            {
                lines.Add($"{Base + (uint)at:x8}  {text}");
            }
            at += RiscVInstructions.Shared.LengthOf(word);
        }
        return string.Join('\n', lines);
    }
}
