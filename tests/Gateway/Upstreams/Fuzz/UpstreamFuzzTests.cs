using Xunit.Abstractions;

namespace MicroFirmware.Gateway.Tests.Upstreams.Fuzz;

/// <summary>A slice of what the bench <c>fuzz-upstream</c> runs.</summary>
public sealed class UpstreamFuzzTests(ITestOutputHelper output)
{
    private const long Inputs = 50_000;

    [Fact]
    public void What_upstreams_say_throws_nothing()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        UpstreamFuzzer fuzzer = new(seed);
        string? failure = fuzzer.Run(Inputs);
        Assert.True(failure is null, $"seed {seed}, {failure}");
        Assert.InRange(fuzzer.Understood, Inputs / 20, Inputs);
    }
}
