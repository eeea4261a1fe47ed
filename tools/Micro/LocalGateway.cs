using System.Security.Cryptography;
using MicroFirmware.Dashboard;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Storage;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Micro;

/// <summary>A gateway in this process, with the upstreams that its options name.</summary>
internal sealed class LocalGateway : IAsyncDisposable
{
    private readonly UpstreamSelector _upstreams;
    private readonly ILoggerFactory _logging;

    private LocalGateway(
        GatewayOptions options, Func<IChainStore> openChain, TimeProvider time, Action<ILoggingBuilder>? logging)
    {
        // Extranonces need only differ from start to start.
        var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
        options.Check();
        _logging = LoggerFactory.Create(logging ?? (_ => { }));
        _upstreams = UpstreamList.Create([.. options.Upstreams], NewChain, time, random, _logging);
        Host = GatewayHost.Create(options, time, random, _upstreams, logging, DashboardSite.Extension);

        EmbeddedChain NewChain() => new(EmbeddedChain.DefaultBlockTime, () => Host?.ProvenHashesPerSecond ?? 0, time,
            openChain());
    }

    /// <summary>The gateway.</summary>
    public GatewayHost Host { get; }

    /// <summary>Where work comes from.</summary>
    public IUpstream Upstream => _upstreams;

    /// <summary>Starts a gateway.</summary>
    /// <param name="options">Where it listens, where its work comes from, and all the rest.</param>
    /// <param name="openChain">Opens what the embedded chain is kept in, if the options name that.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="logging">Where it logs; nowhere if null.</param>
    /// <exception cref="CommandFailure">An address, the data folder or an option cannot be used.</exception>
    public static async Task<LocalGateway> StartAsync(
        GatewayOptions options,
        Func<IChainStore> openChain,
        TimeProvider time,
        Action<ILoggingBuilder>? logging = null)
    {
        LocalGateway? gateway = null;
        try
        {
            gateway = new LocalGateway(options, openChain, time, logging);
            await gateway.Host.StartAsync();
            gateway._upstreams.Start();
            return gateway;
        }
        catch (Exception e) when (e is not CommandFailure)
        {
            await (gateway?.DisposeAsync() ?? default);
            throw e switch
            {
                ConfigurationException => new CommandFailure(
                    ExitCode.Configuration, e.Message, "correct it; micro gateway --help", e),
                LedgerDamagedException => new CommandFailure(
                    ExitCode.Unreachable, e.Message, "micro ledger verify names what is wrong", e),
                IOException or StorageException or UnauthorizedAccessException or InvalidDataException =>
                    new CommandFailure(ExitCode.Unreachable, e.Message,
                        "free the address or the folder, or choose others: --Http:Port, --Mqtt:Port, "
                        + "--Storage:DataDirectory", e),
                _ => new CommandFailure(ExitCode.Internal, e.Message, "report this", e),
            };
        }
    }

    /// <summary>Stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _upstreams.DisposeAsync();
        _logging.Dispose();
    }
}
