using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MicroFirmware.Mining.Tests;

/// <summary>What the chip's interpreter can take of one method, and what a hash costs on it.</summary>
public class UnrolledKernelLimitTests
{
    private const int SlotLimit = 255;
    private const int BranchLimit = 32767;

    private static readonly MethodBody s_body = ModuleDefinition
        .ReadModule(typeof(UnrolledScanner).Assembly.Location)
        .GetType("MicroFirmware.Mining.UnrolledKernel")
        .Methods.Single(m => m.Name == "Scan").Body;

    [Fact]
    public void Kernel_has_at_most_255_locals_and_stack_slots()
    {
        Assert.InRange(s_body.Variables.Count, 1, SlotLimit);
        Assert.InRange(s_body.MaxStackSize, 1, SlotLimit);
    }

    [Fact]
    public void Kernel_has_no_branch_beyond_32_kilobytes()
    {
        foreach (Instruction branch in s_body.Instructions.Where(i => i.Operand is Instruction))
        {
            int distance = ((Instruction)branch.Operand).Offset - branch.Offset;
            Assert.InRange(distance, -BranchLimit, BranchLimit);
        }
    }

    [Fact]
    public void Kernel_spends_as_many_instructions_on_a_hash_as_stated()
    {
        Instruction back = s_body.Instructions.Last(i => i.Operand is Instruction target && target.Offset < i.Offset);
        int count = 1;
        for (Instruction at = (Instruction)back.Operand; at != back; count++)
        {
            bool skipsRareCase = at.OpCode.FlowControl == FlowControl.Cond_Branch;
            at = skipsRareCase ? (Instruction)at.Operand : at.Next;
        }

        Assert.Equal(UnrolledScanner.InstructionsPerHash, count);
    }
}
