using System.Net;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Dashboard.Tests;

/// <summary>A gateway with its pages on free ports, and a browser without script.</summary>
public sealed class Site : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dashboard-tests-");
    private EmbeddedChain? _chain;

    /// <summary>The gateway.</summary>
    public GatewayHost Host { get; private set; } = null!;

    /// <summary>Asks it in its owner's name; follows no redirect.</summary>
    public HttpClient Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        GatewayOptions options = new();
        (options.Http.Port, options.Mqtt.Port) = (0, 0);
        options.Storage.DataDirectory = _folder.FullName;
        _chain = new EmbeddedChain(
            EmbeddedChain.DefaultBlockTime, () => 0, TimeProvider.System, new MemoryChainStore());
        Host = GatewayHost.Create(
            options, TimeProvider.System, new Random(1), _chain, extension: DashboardSite.Extension);
        await Host.StartAsync();
        Browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri($"http://{Host.HttpEndPoint}"),
        };
        Browser.DefaultRequestHeaders.Add("Accept", "text/html");
        Browser.DefaultRequestHeaders.Add("Authorization", $"Bearer {Host.NewOwnerToken!.Reveal()}");
    }

    public async Task DisposeAsync()
    {
        Browser.Dispose();
        await Host.DisposeAsync();
        (_chain as IDisposable)?.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>The page's HTML, which must be there.</summary>
    public async Task<string> PageAsync(string path)
    {
        using HttpResponseMessage answer = await Browser.GetAsync(path);
        string page = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}\n{page}");
        return page;
    }
}
