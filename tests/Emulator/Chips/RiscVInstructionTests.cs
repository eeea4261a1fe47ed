using MicroFirmware.Emulator.Chips.Cores;
using MicroFirmware.Emulator.Chips.RiscV;
using Xunit;

namespace MicroFirmware.Emulator.Tests.Chips;

/// <summary>
/// RV32IM by the book: operands where each instruction tends to go wrong, as the official riscv-tests choose them, with
/// the results the ISA manual defines.
/// </summary>
public sealed class RiscVInstructionTests
{
    private const int A0 = 10;
    private const int A1 = 11;

    [Theory]
    [InlineData("add", 0x7fff_ffffu, 1u, 0x8000_0000u)]
    [InlineData("add", 0xffff_ffffu, 0xffff_ffffu, 0xffff_fffeu)]
    [InlineData("sub", 0x8000_0000u, 1u, 0x7fff_ffffu)]
    [InlineData("sub", 0u, 0xffff_8000u, 0x0000_8000u)]
    [InlineData("sll", 1u, 31u, 0x8000_0000u)]
    [InlineData("sll", 0x2121_2121u, 0xffff_ffc0u, 0x2121_2121u)]
    [InlineData("srl", 0x8000_0000u, 31u, 1u)]
    [InlineData("srl", 0xffff_8000u, 0xffff_ffc7u, 0x01ff_ff00u)]
    [InlineData("sra", 0x8000_0000u, 31u, 0xffff_ffffu)]
    [InlineData("sra", 0x7fff_ffffu, 7u, 0x00ff_ffffu)]
    [InlineData("slt", 0x8000_0000u, 0x7fff_ffffu, 1u)]
    [InlineData("slt", 0x7fff_ffffu, 0x8000_0000u, 0u)]
    [InlineData("sltu", 0x8000_0000u, 0x7fff_ffffu, 0u)]
    [InlineData("sltu", 0u, 0xffff_ffffu, 1u)]
    [InlineData("xor", 0xff00_ff00u, 0x0f0f_0f0fu, 0xf00f_f00fu)]
    [InlineData("or", 0xff00_ff00u, 0x0f0f_0f0fu, 0xff0f_ff0fu)]
    [InlineData("and", 0xff00_ff00u, 0x0f0f_0f0fu, 0x0f00_0f00u)]
    [InlineData("mul", 0x0000_7e00u, 0xb6db_6db7u, 0x0000_1200u)]
    [InlineData("mul", 0x8000_0000u, 0xffff_8000u, 0u)]
    [InlineData("mulh", 0x8000_0000u, 0x8000_0000u, 0x4000_0000u)]
    [InlineData("mulh", 0xaaaa_aaabu, 0x0002_fe7du, 0xffff_0081u)]
    [InlineData("mulhsu", 0x8000_0000u, 0xffff_8000u, 0x8000_4000u)]
    [InlineData("mulhsu", 0xffff_ffffu, 0xffff_ffffu, 0xffff_ffffu)]
    [InlineData("mulhu", 0xffff_ffffu, 0xffff_ffffu, 0xffff_fffeu)]
    [InlineData("mulhu", 0x8000_0000u, 0xffff_8000u, 0x7fff_c000u)]
    [InlineData("div", 20u, 0xffff_fffau, 0xffff_fffdu)]
    [InlineData("div", 0x8000_0000u, 0xffff_ffffu, 0x8000_0000u)]
    [InlineData("div", 7u, 0u, 0xffff_ffffu)]
    [InlineData("divu", 0xffff_ffecu, 6u, 0x2aaa_aaa7u)]
    [InlineData("divu", 7u, 0u, 0xffff_ffffu)]
    [InlineData("rem", 0xffff_ffecu, 6u, 0xffff_fffeu)]
    [InlineData("rem", 0x8000_0000u, 0xffff_ffffu, 0u)]
    [InlineData("rem", 0x8000_0000u, 0u, 0x8000_0000u)]
    [InlineData("remu", 0xffff_ffecu, 6u, 2u)]
    [InlineData("remu", 0x8000_0000u, 0u, 0x8000_0000u)]
    public void Register_instruction_with_edge_operands_gives_the_manuals_result(
        string name, uint left, uint right, uint expected)
    {
        uint word = Row(name).Match | (A0 << 7) | (A0 << 15) | (A1 << 20);
        Assert.Equal(expected, TestMachine.RiscV(word, Return).Run(left, right).Core.Result);
    }

    [Theory]
    [InlineData("addi", 0x7fff_ffffu, -2048, 0x7fff_f7ffu)]
    [InlineData("slti", 0x8000_0000u, -2048, 1u)]
    [InlineData("sltiu", 1u, -1, 1u)]
    [InlineData("sltiu", 0u, 1, 1u)]
    [InlineData("xori", 0x00ff_0f00u, -241, 0xff00_f00fu)]
    [InlineData("ori", 0xff00_ff00u, -241, 0xffff_ff0fu)]
    [InlineData("andi", 0xff00_ff00u, 240, 0u)]
    [InlineData("slli", 0x2121_2121u, 31, 0x8000_0000u)]
    [InlineData("srli", 0x8000_0001u, 31, 1u)]
    [InlineData("srai", 0x8000_0000u, 31, 0xffff_ffffu)]
    public void Immediate_instruction_with_edge_operands_gives_the_manuals_result(
        string name, uint left, int immediate, uint expected)
    {
        uint word = Row(name).Match | (A0 << 7) | (A0 << 15) | ((uint)immediate << 20);
        Assert.Equal(expected, TestMachine.RiscV(word, Return).Run(left).Core.Result);
    }

    [Theory]
    [InlineData("beq", 1u, 1u, true)]
    [InlineData("beq", 1u, 2u, false)]
    [InlineData("bne", 1u, 2u, true)]
    [InlineData("blt", 0xffff_ffffu, 0u, true)]
    [InlineData("blt", 0u, 0u, false)]
    [InlineData("bge", 0xffff_ffffu, 0u, false)]
    [InlineData("bge", 0u, 0u, true)]
    [InlineData("bltu", 0xffff_ffffu, 0u, false)]
    [InlineData("bgeu", 0xffff_ffffu, 0u, true)]
    public void Branch_with_edge_operands_goes_where_the_manual_says(string name, uint left, uint right, bool isTaken)
    {
        // Distance 10: over an addi and a compressed return.
        const uint skipTwo = 10 << 7;
        uint word = Row(name).Match | (A0 << 15) | (A1 << 20) | skipTwo;
        TestMachine machine = TestMachine.RiscV(
            word, RiscVCode.Addi(A0, 0, 0), Return, RiscVCode.Addi(A0, 0, 1), Return);
        Assert.Equal(isTaken ? 1u : 0u, machine.Run(left, right).Core.Result);
    }

    [Theory]
    [InlineData("lb", 0, 0xffff_ff80u)]
    [InlineData("lb", 3, 0x7fu)]
    [InlineData("lbu", 0, 0x80u)]
    [InlineData("lh", 0, 0xffff_ff80u)]
    [InlineData("lh", 2, 0x7f01u)]
    [InlineData("lhu", 0, 0xff80u)]
    [InlineData("lw", 0, 0x7f01_ff80u)]
    public void Load_of_edge_values_extends_as_the_manual_says(string name, int offset, uint expected)
    {
        uint word = Row(name).Match | (A0 << 7) | (A0 << 15) | ((uint)offset << 20);
        TestMachine machine = TestMachine.RiscV(word, Return);
        machine.Bus.Load(TestMachine.DataBase, [0x80, 0xff, 0x01, 0x7f]);
        Assert.Equal(expected, machine.Run(TestMachine.DataBase).Core.Result);
    }

    [Fact]
    public void Writes_to_x0_leave_zero()
    {
        TestMachine machine = TestMachine.RiscV(RiscVCode.Addi(0, 0, 5), RiscVCode.Addi(A0, 0, 0), Return);
        Assert.Equal(0u, machine.Run(9).Core.Result);
    }

    [Theory]
    [InlineData(0x00b5_0533u, "add a0, a0, a1")]
    [InlineData(0xff01_0113u, "addi sp, sp, -16")]
    [InlineData(0x0045_2503u, "lw a0, 4(a0)")]
    [InlineData(0xfeb4_2e23u, "sw a1, -4(s0)")]
    [InlineData(0xfe05_1ee3u, "bne a0, zero, 0x3ffffffc")]
    [InlineData(0x1141u, "addi sp, sp, -16")]
    [InlineData(0x8082u, "jalr zero, ra, 0")]
    [InlineData(0x0000u, ".word 0x0000 (unknown)")]
    [InlineData(0xffff_ffffu, ".word 0xffffffff (unknown)")]
    public void Disassembler_of_a_word_prints_what_llvm_would(uint word, string expected) =>
        Assert.Equal(expected, RiscVInstructions.Shared.Disassemble(word, TestMachine.CodeBase));

    private static uint Return => 0x8082;

    private static Instruction Row(string name) => RiscVInstructions.Shared.Rows.Single(row => row.Name == name);
}
