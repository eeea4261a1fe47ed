using System.Globalization;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Gateway;

namespace MicroFirmware.Browser.Tests.Harness;

/// <summary><c>micro board</c> with many slow boards, in a process of its own: gateway, browser and they would not fit
/// in one.</summary>
internal sealed class FleetProcess : IAsyncDisposable
{
    /// <summary>Hashes a second of one board.</summary>
    public const int HashesPerSecond = 10;

    // The last ones' first share is luck, and may take minutes.
    private const double MostOfThem = 0.9;

    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(1);

    private readonly FileInfo _keys = new(Path.GetTempFileName());
    private readonly MicroProcess _process;

    private FleetProcess(GatewayHost gateway, IReadOnlyList<BoardIdentity> boards)
    {
        File.WriteAllLines(_keys.FullName,
            boards.Select(board => $"{board.Id} {Convert.ToHexStringLower(board.Key)}"));
        _process = MicroProcess.Start("board", "--keys", _keys.FullName,
            "--gateway", $"127.0.0.1:{gateway.HttpEndPoint.Port}:{gateway.MqttEndPoint.Port}",
            "--hash-rate", HashesPerSecond.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Lets boards mine that the gateway knows; returns when most of them have a proven share.</summary>
    public static async Task<FleetProcess> StartAsync(GatewayHost gateway, IReadOnlyList<BoardIdentity> boards)
    {
        FleetProcess fleet = new(gateway, boards);
        using PeriodicTimer again = new(s_between);
        while (gateway.Devices.Count(board => board.ProvenHashesPerSecond > 0) < MostOfThem * boards.Count)
        {
            if (fleet._process.HasEnded)
            {
                await fleet.DisposeAsync();
                Assert.Fail("micro board has ended.");
            }

            await again.WaitForNextTickAsync();
        }

        return fleet;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _keys.Delete();
    }
}
