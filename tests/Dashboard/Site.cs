using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Dashboard.Tests;

/// <summary>A gateway with its pages on free ports, and a browser without script.</summary>
public sealed class Site : IAsyncLifetime
{
    /// <summary>A password among the settings: no page may show it.</summary>
    public const string Secret = "correct-horse-battery";

    /// <summary>Part of a webhook's address: no page may show it.</summary>
    public const string SecretPath = "T0KEN-of-the-path";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dashboard-tests-");
    private EmbeddedChain? _chain;

    /// <summary>The gateway.</summary>
    public GatewayHost Host { get; private set; } = null!;

    /// <summary>Asks it in its owner's name; follows no redirect.</summary>
    public HttpClient Browser { get; private set; } = null!;

    /// <summary>The owner's browser: with cookies and forms.</summary>
    internal Visitor Owner { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        GatewayOptions options = GatewayConfiguration.Load(
            ["--Http:Port=0", "--Mqtt:Port=0", $"--Storage:DataDirectory={_folder.FullName}",
                $"--HomeAssistant:Password={Secret}", $"--Webhooks:0:Secret={Secret}",
                $"--Webhooks:0:Url=https://hook.example:8444/{SecretPath}?key={SecretPath}"], _folder.FullName);
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
        Owner = new Visitor(Browser.BaseAddress, Host.NewOwnerToken.Reveal());
    }

    public async Task DisposeAsync()
    {
        Owner.Dispose();
        Browser.Dispose();
        await Host.DisposeAsync();
        (_chain as IDisposable)?.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>What the page wrote for the next start; empty where it wrote nothing.</summary>
    public string Kept => File.Exists(Path.Combine(_folder.FullName, "settings.json"))
        ? File.ReadAllText(Path.Combine(_folder.FullName, "settings.json")) : "";

    /// <summary>Fills in a page's form and sends it, in the owner's name.</summary>
    /// <param name="path">The page.</param>
    /// <param name="handler">The form's name.</param>
    /// <param name="fields">What is typed.</param>
    public Task<HttpResponseMessage> SendAsync(
        string path, string handler, params (string Name, string Value)[] fields) =>
        Owner.SubmitAsync(path, handler, fields);

    /// <summary>The page's HTML, which must be there, as the owner sees it.</summary>
    public Task<string> PageAsync(string path) => Owner.PageAsync(path);
}
