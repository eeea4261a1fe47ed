using MicroFirmware.KernelForge.Ssa;

namespace MicroFirmware.KernelForge.Tests.Ssa;

public sealed class DoubleShaTests
{
    [Theory]
    [InlineData(0, 4_800)]
    [InlineData(1, 5_900)]
    public void Program_of_a_style_computes_the_last_digest_word(int style, int mostOperations)
    {
        var program = DoubleSha.Build((RotateStyle)style);
        var block = Reference.Block();
        var random = new Random(125552);
        uint[] nonces =
            [0, 1, 0xFF, 0x100, 2504433986, uint.MaxValue, .. Enumerable.Range(0, 20).Select(_ => Next(random))];

        Assert.All(nonces, nonce => Assert.Equal(Reference.LastWord(nonce), SsaEvaluator.Run(program, block, nonce)));
        Assert.Equal(0u, SsaEvaluator.Run(program, block, 2504433986));
        Assert.InRange(program.Count, 4_000, mostOperations);
    }

    [Fact]
    public void Dead_code_keeps_the_test_and_what_it_needs()
    {
        SsaBuilder ssa = new(RotateStyle.ShiftAmountRegister);
        var nonce = ssa.NextNonce();
        ssa.Rotate(nonce, 5);
        var sum = ssa.Add([nonce, 3u, 4u]);
        ssa.TestLowHalf(sum);

        var kinds = DeadCode.Remove(ssa.Operations).Select(operation => operation.Kind);
        Assert.Equal([OperationKind.NextNonce, OperationKind.Add, OperationKind.TestLowHalf], kinds);
    }

    [Fact]
    public void Known_terms_cost_no_operation()
    {
        SsaBuilder ssa = new(RotateStyle.TwoShifts);
        Assert.Equal(7u, ssa.Add([3u, 4u]).Known);
        Assert.Equal(0x8000_0000u, ssa.Rotate(1u, 1).Known);
        Assert.Equal(ssa.NextNonce().Value.IsComputed, ssa.Xor(ssa.NextNonce(), 0u).Value.IsComputed);
        Assert.Equal(2, ssa.Operations.Count);
    }

    private static uint Next(Random random) => (uint)random.NextInt64(1L << 32);
}
