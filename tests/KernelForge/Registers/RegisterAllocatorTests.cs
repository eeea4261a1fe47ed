using MicroFirmware.Hardware;
using MicroFirmware.KernelForge.Code;
using MicroFirmware.KernelForge.Registers;
using MicroFirmware.KernelForge.Ssa;
using MicroFirmware.KernelForge.Targets;
using MicroFirmware.KernelForge.Tests.Ssa;

namespace MicroFirmware.KernelForge.Tests.Registers;

public sealed class RegisterAllocatorTests
{
    private const uint Nonce = 2504433985;

    [Theory]
    [InlineData(Isa.XtensaLx6, 5)]
    [InlineData(Isa.XtensaLx6, 12)]
    [InlineData(Isa.XtensaLx6, 15)]
    [InlineData(Isa.Rv32imc, 4)]
    [InlineData(Isa.Rv32imc, 25)]
    public void Code_with_any_number_of_registers_computes_the_program(Isa isa, int registers)
    {
        var target = Target.Of(isa);
        Frame frame = new();
        var code = Allocate(target, frame, [.. target.AllRegisters.Take(registers)]);
        foreach (var variant in new[] { code, LoadHoisting.Apply(code) })
        {
            CodeInterpreter machine = new(FrameWords(frame));
            machine.Run(variant);
            Assert.Equal(0u, machine.Tested);
            machine.Run(variant);
            Assert.Equal(KeptHalf(target, Reference.LastWord(Nonce + 2)), machine.Tested);
        }
    }

    [Theory]
    [InlineData(Isa.XtensaLx6, 40)]
    [InlineData(Isa.Rv32imc, 15)]
    public void Hoisted_code_hardly_waits_for_a_load(Isa isa, int mostStalls)
    {
        var target = Target.Of(isa);
        var code = Allocate(target, new(), target.AllRegisters);
        var hoisted = LoadHoisting.Apply(code);
        Assert.Equal(code.Count, hoisted.Count);
        Assert.InRange(LoadHoisting.Stalls(hoisted), 0, mostStalls);
        Assert.True(LoadHoisting.Stalls(code) > 5 * mostStalls);
    }

    [Fact]
    public void Spills_give_their_slots_back()
    {
        var target = Target.Of(Isa.XtensaLx6);
        Frame frame = new();
        Allocate(target, frame, target.SharedRegisters);
        var words = frame.Words;
        Allocate(target, frame, target.SharedRegisters);
        Assert.Equal(words, frame.Words);
    }

    private static IReadOnlyList<Instruction> Allocate(Target target, Frame frame, IReadOnlyList<string> registers) =>
        RegisterAllocator.Allocate(DoubleSha.Build(target.RotateStyle), target, frame, registers, 0);

    private static uint KeptHalf(Target target, uint word) =>
        target.RotateStyle == RotateStyle.TwoShifts ? word << 16 : word & 0xFFFF;

    private static Dictionary<int, uint> FrameWords(Frame frame)
    {
        var words = Reference.Block().ToDictionary(pair => Frame.Slot(pair.Key), pair => pair.Value);
        words[Frame.Slot(BlockWord.SoftNonce)] = Nonce;
        foreach (var constant in frame.Constants)
        {
            words[frame.Constant(constant)] = constant;
        }

        return words;
    }
}
