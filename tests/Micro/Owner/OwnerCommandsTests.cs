using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Micro.Tests.Owner;

/// <summary>The owner's commands at a gateway of this process, over TLS with its own authority.</summary>
public sealed class OwnerCommandsTests : IAsyncLifetime
{
    private static readonly string s_otherToken = new string('0', 64) + "-00112233445566778899";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("micro-owner-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private LocalGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        GatewayOptions options = new();
        options.Http.Port = 0;
        options.Mqtt.Port = 0;
        options.Storage.DataDirectory = _folder.FullName;
        _gateway = await LocalGateway.StartAsync(options, () => new MemoryChainStore(), TimeProvider.System);
        await _gateway.Host.EnrolAsync("board-1", new byte[32]);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Revoke_shuts_the_board_out()
    {
        Assert.Equal(ExitCode.Success, await RunAsync("revoke", "board-1"));

        Assert.Equal("board-1 is revoked", _output.ToString().Trim());
    }

    [Fact]
    public async Task Revoke_of_nobody_says_so()
    {
        Assert.Equal(ExitCode.Configuration, await RunAsync("revoke", "nobody"));

        Assert.Contains("the gateway refused: no-such-device", _error.ToString());
    }

    [Fact]
    public async Task Command_to_a_board_that_is_away_says_so()
    {
        Assert.Equal(ExitCode.Configuration, await RunAsync("command", "board-1", "pause"));

        Assert.Contains("the gateway refused: offline", _error.ToString());
    }

    [Fact]
    public async Task Join_prints_a_code_that_names_the_same_authority()
    {
        Assert.Equal(ExitCode.Success, await RunAsync("join"));

        Assert.Matches("^[0-9a-f]{10}-" + Token.Split('-')[1], _output.ToString());
    }

    [Fact]
    public async Task Gateway_that_did_not_make_the_token_is_told_nothing()
    {
        Assert.Equal(ExitCode.Unreachable, await RunWithAsync(s_otherToken, "revoke", "board-1"));

        Assert.Contains("is not the gateway that made this token", _error.ToString());
        Assert.DoesNotContain(s_otherToken[..10], _error.ToString());
    }

    [Fact]
    public async Task Token_that_is_wrong_is_refused_by_the_gateway()
    {
        string wrong = new string('0', 64) + "-" + Token.Split('-')[1];

        Assert.Equal(ExitCode.Configuration, await RunWithAsync(wrong, "revoke", "board-1"));

        Assert.Contains("the gateway refused: bad-token", _error.ToString());
    }

    [Fact]
    public async Task Gateway_that_is_not_there_is_said_with_what_to_check()
    {
        await _gateway.Host.StopAsync();

        Assert.Equal(ExitCode.Unreachable, await RunAsync("revoke", "board-1"));

        Assert.Contains("cannot be reached", _error.ToString());
        Assert.Contains("next:  is the gateway running", _error.ToString());
    }

    private string Token => _gateway.Host.NewOwnerToken!.Reveal();

    private Task<ExitCode> RunAsync(params string[] args) => RunWithAsync(Token, args);

    private async Task<ExitCode> RunWithAsync(string token, params string[] args)
    {
        string gateway = $"127.0.0.1:{_gateway.Host.HttpTlsEndPoint!.Port}";
        return (ExitCode)await MicroCommandLine.RunAsync(
            [.. args, "--token", token, "--gateway", gateway], new Terminal(_output, _error, false, false));
    }
}
