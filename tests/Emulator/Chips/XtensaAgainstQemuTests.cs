using MicroFirmware.Emulator.Chips.Buses;
using MicroFirmware.Emulator.Chips.Cores;
using MicroFirmware.Emulator.Chips.Xtensa;
using Xunit;

namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>
/// Random Xtensa programs run here and under QEMU; every register and every word of memory must come out the same.
/// QEMU has no LX6 or LX7: each instruction is tried on the cores it has, and at least one of them must know it.
/// </summary>
public sealed class XtensaAgainstQemuTests
{
    private static readonly string[] s_cpus =
        ["dc233c", "de212", "test_mmuhifi_c3", "de233_fpu", "sample_controller", "lx106"];

    /// <summary>What user mode cannot run, or what a random program cannot use; other tests have these.</summary>
    private static readonly string[] s_notRandom =
    [
        "jx", "call0", "callx0", "ret", "ret.n", "rsil", "rsr", "wsr", "xsr", "syscall", "break", "break.n", "ill",
        "ill.n", "entry", "retw", "retw.n", "call4/8/12", "callx4/8/12", "s32c1i", "muluh", "mulsh",
    ];

    /// <summary>
    /// A shift amount of 32, which only these set: QEMU then shifts sra by nothing, where the manual has 32 sign bits.
    /// </summary>
    private static readonly string[] s_notMixed = ["ssl", "ssa8b"];

    [QemuFact(QemuUser.Xtensa)]
    public void Each_instruction_leaves_what_qemu_leaves()
    {
        foreach (Instruction row in XtensaInstructions.Shared.Rows.Where(row => !s_notRandom.Contains(row.Name)))
        {
            XtensaRandomProgram program = new([row], groups: 12, seed: 1);
            byte[]? expected = s_cpus
                .Select(cpu => QemuUser.Run(QemuUser.Xtensa, program.ToElf(), "-cpu", cpu))
                .FirstOrDefault(output => output is not null);
            Assert.True(expected is not null, $"{row.Name}: no core of QEMU's runs it");
            Compare(program, expected);
        }
    }

    [QemuFact(QemuUser.Xtensa)]
    public void Mixed_programs_leave_what_qemu_leaves()
    {
        Instruction[] rows =
        [
            .. XtensaInstructions.Shared.Rows.Where(row => !s_notRandom.Contains(row.Name)
                && !XtensaRandomProgram.IsDivision(row) && !s_notMixed.Contains(row.Name)
                && QemuUser.Run(
                    QemuUser.Xtensa, new XtensaRandomProgram([row], groups: 1, seed: 1).ToElf(), "-cpu", s_cpus[0])
                    is not null),
        ];
        Assert.True(rows.Length > 90, $"{s_cpus[0]} runs only {rows.Length} of the instructions");
        for (int seed = 1; seed <= 6; seed++)
        {
            XtensaRandomProgram program = new(rows, groups: 112, seed);
            byte[]? expected = QemuUser.Run(QemuUser.Xtensa, program.ToElf(), "-cpu", s_cpus[0]);
            Assert.True(expected is not null, $"seed {seed}: QEMU refused the program");
            Compare(program, expected);
        }
    }

    private static void Compare(XtensaRandomProgram program, byte[] expected)
    {
        Bus bus = new();
        Memory memory = new("RAM", program.Image.Length);
        bus.Map(XtensaRandomProgram.Base, memory);
        bus.Load(XtensaRandomProgram.Base, program.Image);
        XtensaCore core = new(bus, new BusTimer(1, 1)) { EnvironmentCall = c => c.Stop() };
        core.Call(XtensaRandomProgram.Entry, XtensaRandomProgram.Base);
        core.Run(10_000_000);
        Assert.True(core.HasReturned, $"{program}: the program did not end here");

        ReadOnlySpan<byte> found = memory.Octets.AsSpan((int)(XtensaRandomProgram.Data - XtensaRandomProgram.Base));
        int at = found.CommonPrefixLength(expected);
        int group = at / XtensaRandomProgram.GroupOctets;
        Assert.True(
            at == found.Length && at == expected.Length,
            $"{program}: {expected.Length} octets instead of {found.Length}, first difference in group {group}, "
            + $"offset {at % XtensaRandomProgram.GroupOctets}\n{program.Listing(group)}");
    }
}
