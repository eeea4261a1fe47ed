using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Emulator.Boards;

namespace MicroFirmware.System.Tests;

public sealed class TlsTests : IAsyncLifetime
{
    private Rig _rig = null!;

    public async Task InitializeAsync() => _rig = await Rig.StartAsync();

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Board_that_was_given_the_gateways_authority_mines_over_tls()
    {
        VirtualBoard board = await _rig.AddBoardAsync("a", _rig.SecureAddress, Authority);

        await board.UntilAsync("a share", b => b.Statistics.Accepted >= 1);
    }

    [Fact]
    public async Task Board_over_tls_is_back_after_the_gateways_restart_for_the_authority_is_the_same()
    {
        VirtualBoard board = await _rig.AddBoardAsync("a", _rig.SecureAddress, Authority);
        await board.UntilAsync("a share", b => b.Statistics.Accepted >= 1);
        uint before = board.Statistics.Accepted;

        await _rig.StopGatewayAsync();
        await _rig.StartGatewayAsync();

        await board.UntilAsync("a share after the restart", b => b.Statistics.Accepted > before);
    }

    [Fact]
    public async Task Board_with_another_authority_or_none_gives_the_gateway_nothing()
    {
        await using Rig stranger = await Rig.StartAsync();
        byte[] other = X509Certificate2.CreateFromPem(stranger.Gateway.AuthorityPem).RawData;
        VirtualBoard misled = await _rig.AddBoardAsync("a", _rig.SecureAddress, other);
        VirtualBoard bare = await _rig.AddBoardAsync("b", _rig.SecureAddress);

        await misled.UntilAsync("two attempts", b => b.Statistics.FetchFailures >= 2);
        await bare.UntilAsync("two attempts", b => b.Statistics.FetchFailures >= 2);

        Assert.Equal((0u, 0u), (misled.Statistics.WorkAccepted, bare.Statistics.WorkAccepted));
    }

    private byte[] Authority => X509Certificate2.CreateFromPem(_rig.Gateway.AuthorityPem).RawData;
}
