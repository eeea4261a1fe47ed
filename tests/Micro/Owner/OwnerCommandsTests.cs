namespace MicroFirmware.Micro.Tests.Owner;

/// <summary>The owner's commands at a gateway of this process, over TLS with its own authority.</summary>
public sealed class OwnerCommandsTests : OwnersGateway
{
    private static readonly string s_otherToken = new string('0', 64) + "-00112233445566778899";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Gateway.Host.EnrolAsync("board-1", new byte[32]);
    }

    [Fact]
    public async Task Revoke_shuts_the_board_out()
    {
        Assert.Equal(ExitCode.Success, await RunAsync("revoke", "board-1"));

        Assert.Equal("board-1 is revoked", Output.Trim());
    }

    [Fact]
    public async Task Revoke_of_nobody_says_so()
    {
        Assert.Equal(ExitCode.Configuration, await RunAsync("revoke", "nobody"));

        Assert.Contains("the gateway refused: no-such-device", Error);
    }

    [Fact]
    public async Task Command_to_a_board_that_is_away_says_so()
    {
        Assert.Equal(ExitCode.Configuration, await RunAsync("command", "board-1", "pause"));

        Assert.Contains("the gateway refused: offline", Error);
    }

    [Fact]
    public async Task Join_prints_a_code_that_names_the_same_authority()
    {
        Assert.Equal(ExitCode.Success, await RunAsync("join"));

        Assert.Matches("^[0-9a-f]{10}-" + Token.Split('-')[1], Output);
    }

    [Fact]
    public async Task Gateway_that_did_not_make_the_token_is_told_nothing()
    {
        Assert.Equal(ExitCode.Unreachable, await RunWithAsync(s_otherToken, "revoke", "board-1"));

        Assert.Contains("is not the gateway that made this token", Error);
        Assert.DoesNotContain(s_otherToken[..10], Error);
    }

    [Fact]
    public async Task Token_that_is_wrong_is_refused_by_theGateway()
    {
        string wrong = new string('0', 64) + "-" + Token.Split('-')[1];

        Assert.Equal(ExitCode.Configuration, await RunWithAsync(wrong, "revoke", "board-1"));

        Assert.Contains("the gateway refused: bad-token", Error);
    }

    [Fact]
    public async Task Gateway_that_is_not_there_is_said_with_what_to_check()
    {
        await Gateway.Host.StopAsync();

        Assert.Equal(ExitCode.Unreachable, await RunAsync("revoke", "board-1"));

        Assert.Contains("cannot be reached", Error);
        Assert.Contains("next:  is the gateway running", Error);
    }
}
