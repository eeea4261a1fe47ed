using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Micro.Tests.Owner;

/// <summary>Boards of a gateway in this process, many at once.</summary>
public sealed class BoardsCommandTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("micro-boards-");
    private StringWriter _output = new();
    private readonly StringWriter _error = new();
    private LocalGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        GatewayOptions options = new();
        options.Http.Port = 0;
        options.Mqtt.Port = 0;
        options.Storage.DataDirectory = _folder.FullName;
        _gateway = await LocalGateway.StartAsync(options, () => new MemoryChainStore(), TimeProvider.System);
        foreach (string id in (string[])["attic", "cellar", "garage"])
        {
            await _gateway.Host.EnrolAsync(id, new byte[32]);
        }
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Group_is_given_searched_and_revoked()
    {
        Assert.Equal(ExitCode.Success, await RunAsync("boards", "group", "Home", "attic", "cellar"));
        Assert.Equal("group: done at 2 of 2", Told());
        Assert.Equal(ExitCode.Success, await RunAsync("boards", "label", "attic", "--name", "Under the roof"));
        Assert.Equal("attic is labelled", Told());

        Assert.Equal(ExitCode.Success, await RunAsync("boards", "list", "--group", "Home"));
        string[] lines = Told().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains(lines, line => line.StartsWith("attic ", StringComparison.Ordinal)
            && line.Contains("Under the roof") && line.Contains("Home") && line.Contains("not-seen"));

        Assert.Equal(ExitCode.Success, await RunAsync("boards", "revoke", "--group", "Home"));
        Told();
        Assert.Equal(ExitCode.Success, await RunAsync("boards", "list", "--state", "revoked"));
        Assert.Equal(2, Told().Split('\n').Length);
        Assert.Equal(ExitCode.Success, await RunAsync("boards", "restore", "--state", "revoked"));
    }

    [Fact]
    public async Task Boards_that_did_not_take_an_order_are_listed_with_the_reason()
    {
        Assert.Equal(ExitCode.NotProven, await RunAsync("boards", "duty", "50", "attic", "nobody"));

        Assert.Matches(@"attic\s+offline", Told(keep: true));
        Assert.Matches(@"nobody\s+no-such-device", Told(keep: true));
        Assert.EndsWith("duty: done at 0 of 2", Told());
        Assert.Equal(ExitCode.NotProven, await RunAsync("boards", "pause", "--all"));
        Assert.EndsWith("pause: done at 0 of 3", Told());
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("pause", "attic", "--all")]
    [InlineData("pause", "--group", "Home", "--all")]
    [InlineData("label", "attic")]
    public async Task Order_that_says_not_which_boards_or_what_is_no_order(params string[] args)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync(["boards", .. args]));
        Assert.Contains("next: ", _error.ToString());
    }

    [Fact]
    public async Task Number_out_of_range_is_refused_by_the_gateway()
    {
        Assert.Equal(ExitCode.Configuration, await RunAsync("boards", "duty", "101", "--all"));
        Assert.Contains("bad-deed", _error.ToString());
    }

    private string Told(bool keep = false)
    {
        string told = _output.ToString().Trim().ReplaceLineEndings("\n");
        _output = keep ? _output : new StringWriter();
        return told;
    }

    private async Task<ExitCode> RunAsync(params string[] args) => (ExitCode)await MicroCommandLine.RunAsync(
        [.. args, "--token", _gateway.Host.NewOwnerToken!.Reveal(), "--gateway",
            $"127.0.0.1:{_gateway.Host.HttpTlsEndPoint!.Port}"],
        new Terminal(_output, _error, false, false));
}
