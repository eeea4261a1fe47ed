using MicroFirmware.Micro.Demo;

namespace MicroFirmware.Micro.Tests.Demo;

public sealed class OpenFilesTests
{
    private const string Limits = """
        Limit                     Soft Limit           Hard Limit           Units
        Max cpu time              unlimited            unlimited            seconds
        Max open files            1024                 20000                files
        Max locked memory         8388608              8388608              bytes
        """;

    [Fact]
    public void Parse_takes_the_hard_limit() => Assert.Equal(20_000, OpenFiles.Parse(Limits));

    [Theory]
    [InlineData("")]
    [InlineData("Max open files")]
    [InlineData("Max open files            unlimited            unlimited            files")]
    public void Parse_without_a_number_is_no_limit(string limits) => Assert.Null(OpenFiles.Parse(limits));

    [Theory]
    [InlineData(10_000, null)]
    [InlineData(9_750, 20_000L)]
    [InlineData(4, 1_024L)]
    public void Require_passes_boards_that_fit(int boards, long? limit) => OpenFiles.Require(boards, limit);

    [Fact]
    public void Require_says_how_many_fit_and_what_to_do()
    {
        CommandFailure failure = Assert.Throws<CommandFailure>(() => OpenFiles.Require(10_000, 20_000));

        Assert.Equal(ExitCode.Configuration, failure.ExitCode);
        Assert.Equal("10000 boards and their gateway in one process need 20500 open files; this system allows 20000",
            failure.Message);
        Assert.Contains("9750 boards", failure.NextStep);
    }
}
