using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>Tries whether an upstream works, the way the gateway would use it, and submits nothing.</summary>
public static class UpstreamTest
{
    /// <summary>Tries it.</summary>
    /// <param name="options">One upstream; a node needs no payout address for this.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ConfigurationException">The options name no upstream; the message names the key.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Task<UpstreamFindings> RunAsync(
        UpstreamOptions options, TimeProvider time, CancellationToken cancel)
    {
        ConfigurationProblems problems = new();
        options.Check("Upstream", problems, needsPayout: false);
        problems.ThrowIfAny();
        return options.ParsedKind switch
        {
            UpstreamKind.Pool => Pools.PoolTest.RunAsync(
                UpstreamList.PoolOptionsOf(options), Coin.Find(options.Coin), time, cancel),
            UpstreamKind.Node => NodeTest.RunAsync(
                UpstreamList.NodeOptionsOf(options), Coin.Find(options.Coin), time, cancel),
            _ => Task.FromResult(new UpstreamFindings(true, "The embedded chain always works.", [])),
        };
    }
}
