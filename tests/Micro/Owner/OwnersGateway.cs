using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Micro.Tests.Owner;

/// <summary>A gateway of this process, and the command line of its owner: over TLS, with its own authority.</summary>
public abstract class OwnersGateway : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("micro-owner-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private protected LocalGateway Gateway { get; private set; } = null!;

    private protected string Token => Gateway.Host.NewOwnerToken!.Reveal();

    private protected string Output => _output.ToString();

    private protected string Error => _error.ToString();

    public virtual async Task InitializeAsync()
    {
        GatewayOptions options = new();
        options.Http.Port = 0;
        options.Mqtt.Port = 0;
        options.Storage.DataDirectory = _folder.FullName;
        Configure(options);
        Gateway = await LocalGateway.StartAsync(options, () => new MemoryChainStore(), TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private protected virtual void Configure(GatewayOptions options)
    {
    }

    private protected Task<ExitCode> RunAsync(params string[] args) => RunWithAsync(Token, args);

    private protected async Task<ExitCode> RunWithAsync(string token, params string[] args)
    {
        string[] all = [.. args, "--token", token, "--gateway", $"127.0.0.1:{Gateway.Host.HttpTlsEndPoint!.Port}"];
        return (ExitCode)await MicroCommandLine.RunAsync(all, new Terminal(_output, _error, false, false));
    }
}
