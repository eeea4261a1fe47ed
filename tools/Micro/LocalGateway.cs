using System.Security.Cryptography;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Storage;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Micro;

/// <summary>A gateway in this process whose work comes from its own embedded chain.</summary>
internal sealed class LocalGateway : IAsyncDisposable
{
    private readonly EmbeddedChain _chain;

    private LocalGateway(
        GatewayOptions options, IChainStore blocks, TimeProvider time, Action<ILoggingBuilder>? logging)
    {
        _chain = new EmbeddedChain(
            EmbeddedChain.DefaultBlockTime, () => Host?.ProvenHashesPerSecond ?? 0, time, blocks);
        
        // Extranonces need only differ from start to start.
        var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
        Host = GatewayHost.Create(options, time, random, _chain, logging);
    }

    /// <summary>The gateway.</summary>
    public GatewayHost Host { get; }

    /// <summary>Starts a gateway.</summary>
    /// <param name="options">Where it listens, and all the rest.</param>
    /// <param name="blocks">Where the chain is kept.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="logging">Where it logs; nowhere if null.</param>
    /// <exception cref="CommandFailure">An address, the data folder or an option cannot be used.</exception>
    public static async Task<LocalGateway> StartAsync(
        GatewayOptions options, IChainStore blocks, TimeProvider time, Action<ILoggingBuilder>? logging = null)
    {
        LocalGateway? gateway = null;
        try
        {
            gateway = new LocalGateway(options, blocks, time, logging);
            await gateway.Host.StartAsync();
            return gateway;
        }
        catch (Exception e)
        {
            await (gateway?.DisposeAsync() ?? default);
            throw e switch
            {
                ConfigurationException => new CommandFailure(
                    ExitCode.Configuration, e.Message, "correct it; micro gateway --help", e),
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
        _chain.Dispose();
    }
}
