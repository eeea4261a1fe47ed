using MicroFirmware.Emulator.Chips.Cores;
using MicroFirmware.Emulator.Chips.Xtensa;
using Xunit;

namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>
/// Xtensa by the manual: what QEMU's user mode cannot run (calls, special registers, high multiplication), and edges of
/// what it can.
/// </summary>
public sealed class XtensaInstructionTests
{
    private const uint Ssl3 = 0x40_1300;
    private const int ShiftAmount = 3;

    [Theory]
    [InlineData("muluh", 0xffff_ffffu, 0xffff_ffffu, 0xffff_fffeu)]
    [InlineData("muluh", 0x8000_0000u, 2u, 1u)]
    [InlineData("mulsh", 0xffff_ffffu, 0xffff_ffffu, 0u)]
    [InlineData("mulsh", 0x8000_0000u, 2u, 0xffff_ffffu)]
    [InlineData("mull", 0x1_0001u, 0x1_0001u, 0x0002_0001u)]
    [InlineData("quos", 0x8000_0000u, 0xffff_ffffu, 0x8000_0000u)]
    [InlineData("rems", 0x8000_0000u, 0xffff_ffffu, 0u)]
    [InlineData("quos", 0xffff_fff9u, 2u, 0xffff_fffdu)]
    [InlineData("rems", 0xffff_fff9u, 2u, 0xffff_ffffu)]
    [InlineData("mul16s", 0xffff_8000u, 0x0000_8000u, 0x4000_0000u)]
    [InlineData("addx8", 0x2000_0001u, 5u, 13u)]
    [InlineData("subx4", 3u, 13u, 0xffff_ffffu)]
    [InlineData("minu", 0xffff_ffffu, 1u, 1u)]
    [InlineData("min", 0xffff_ffffu, 1u, 0xffff_ffffu)]
    public void Register_instruction_with_edge_operands_gives_the_manuals_result(
        string name, uint left, uint right, uint expected)
    {
        uint word = Row(name).Match | (2 << 12) | (2 << 8) | (3 << 4);
        Assert.Equal(expected, TestMachine.Xtensa(word, XtensaCode.Ret).Run(left, right).Core.Result);
    }

    [Theory]
    [InlineData("sra", 0x8000_0000u, 0xffff_ffffu)]
    [InlineData("sra", 0x7fff_ffffu, 0u)]
    [InlineData("srl", 0xffff_ffffu, 0u)]
    public void Shift_by_32_leaves_only_the_sign(string name, uint value, uint expected)
    {
        // ssl of 0 sets the shift amount to 32.
        uint word = Row(name).Match | (2 << 12) | (2 << 4);
        Assert.Equal(expected, TestMachine.Xtensa(Ssl3, word, XtensaCode.Ret).Run(value, 0).Core.Result);
    }

    [Fact]
    public void Call0_to_a_routine_comes_back_behind_it()
    {
        TestMachine machine = TestMachine.Xtensa(
            XtensaCode.Addi(4, 0, 0),       // +0  keeps the caller's return address
            0x00_0005 | (2 << 6),           // +3  call0 +12
            XtensaCode.Addi(2, 2, 1),       // +6
            0x00_04a0,                      // +9  jx a4
            XtensaCode.Addi(2, 2, 100),     // +12
            XtensaCode.Ret);
        Assert.Equal(106u, machine.Run(5).Core.Result);
    }

    [Fact]
    public void Callx0_through_its_own_link_register_goes_to_the_old_value()
    {
        TestMachine machine = TestMachine.Xtensa(
            XtensaCode.Addi(4, 0, 0),
            XtensaCode.Addi(0, 2, 0),
            0x00_00c0,                      // callx0 a0
            0x00_04a0,                      // +9  jx a4
            XtensaCode.Movi(2, 7),          // +12
            XtensaCode.Ret);
        Assert.Equal(7u, machine.Run(TestMachine.CodeBase + 12).Core.Result);
    }

    [Fact]
    public void Rsil_returns_the_old_status_and_sets_the_level()
    {
        TestMachine machine = TestMachine.Xtensa(
            0x00_6320,                      // rsil a2, 3
            0x00_6020,                      // rsil a2, 0
            XtensaCode.Ret);
        Assert.Equal(3u, machine.Run(99).Core.Result & 15);
    }

    [Fact]
    public void Xsr_exchanges_register_and_shift_amount()
    {
        TestMachine machine = TestMachine.Xtensa(
            XtensaCode.Wsr(3, ShiftAmount),
            0x61_0020 | (ShiftAmount << 8), // xsr a2, sar
            XtensaCode.Rsr(3, ShiftAmount),
            XtensaCode.Ret).Run(21, 9);
        Assert.Equal((9u, 21u), (machine.Core[2], machine.Core[3]));
    }

    [Fact]
    public void Cycle_counter_read_twice_tells_the_cycles_between()
    {
        TestMachine machine = TestMachine.Xtensa(
            XtensaCode.Rsr(3, 234), XtensaCode.Nop, XtensaCode.Nop, XtensaCode.Rsr(2, 234), XtensaCode.Ret).Run();
        Assert.Equal(3u, machine.Core[2] - machine.Core[3]);
    }

    [Theory]
    [InlineData(5u, 5u, 77u)]
    [InlineData(5u, 6u, 5u)]
    public void Conditional_store_writes_only_over_the_expected_value(uint stored, uint compared, uint expected)
    {
        TestMachine machine = TestMachine.Xtensa(
            XtensaCode.Wsr(3, 12),
            XtensaCode.Movi(4, 77),
            0x00_e242,                      // s32c1i a4, a2, 0
            XtensaCode.L32i(2, 2, 0),
            XtensaCode.Ret);
        machine.Bus.Load(TestMachine.DataBase, BitConverter.GetBytes(stored));
        machine.Run(TestMachine.DataBase, compared);
        Assert.Equal((expected, stored), (machine.Core.Result, machine.Core[4]));
    }

    [Theory]
    [InlineData(0x80_2340u, "add a2, a3, a4")]
    [InlineData(0x03_2232u, "l32i a3, a2, 12")]
    [InlineData(0xff_fff1u, "l32r a15, 0x3ffffffc")]
    [InlineData(0x11_2380u, "slli a2, a3, 8")]
    [InlineData(0x00_20c0u, "memw")]
    [InlineData(0x03_ea20u, "rsr a2, 234")]
    [InlineData(0x00_0060u, ".word 0x000060 (unknown)")]
    public void Disassembler_of_a_word_prints_what_binutils_would(uint word, string expected) =>
        Assert.Equal(expected, XtensaInstructions.Shared.Disassemble(word, TestMachine.CodeBase));

    private static Instruction Row(string name) => XtensaInstructions.Shared.Rows.Single(row => row.Name == name);
}
