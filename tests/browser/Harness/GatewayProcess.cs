using System.Text.RegularExpressions;

namespace MicroFirmware.Browser.Tests.Harness;

/// <summary><c>micro gateway</c> with a data directory of its own, which can be killed and started again.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("micro-browser-");
    private MicroProcess _process;
    private int _port;

    private GatewayProcess() => _process = Launch();

    /// <summary>Where its pages are, for somebody who is not signed in.</summary>
    public Place Door => new(new Uri($"http://127.0.0.1:{_port}"));

    /// <summary>Starts it for the first time.</summary>
    public static async Task<GatewayProcess> StartAsync()
    {
        GatewayProcess gateway = new();
        await gateway.ReadyAsync();
        return gateway;
    }

    /// <summary>The link that the console shows at the first start.</summary>
    public async Task<string> LinkAsync() =>
        (await _process.SaysAsync(@"sign-in with this link.*(http://\S+)")).Groups[1].Value;

    /// <summary>Kills it.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <summary>Starts it again, where it was.</summary>
    public async Task RestartAsync()
    {
        await _process.DisposeAsync();
        _process = Launch();
        await ReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private MicroProcess Launch() => MicroProcess.Start("gateway", $"--Http:Port={_port}", "--Mqtt:Port=0",
        $"--Storage:DataDirectory={_folder.FullName}", "--Shares:Interval=2s");

    private async Task ReadyAsync()
    {
        Match match = await _process.SaysAsync(@"work at http://[^:]+:(\d+)/");
        _port = int.Parse(match.Groups[1].Value);
    }
}
