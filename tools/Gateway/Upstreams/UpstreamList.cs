using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams.Pools;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>Makes the upstreams that the options name.</summary>
public static class UpstreamList
{
    /// <summary>Makes them; <see cref="UpstreamSelector.Start"/> begins.</summary>
    /// <param name="options">Checked already. An empty list is the embedded chain alone. Nodes of one coin and one
    /// address that stand next to each other are one upstream.</param>
    /// <param name="newChain">Makes the embedded chain where one is named; called at most once, at any time.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Spreads the pauses after failures.</param>
    /// <param name="logging">Where they log.</param>
    public static UpstreamSelector Create(
        IReadOnlyList<UpstreamOptions> options,
        Func<IUpstream> newChain,
        TimeProvider time,
        Random random,
        ILoggerFactory logging)
    {
        UpstreamMetrics metrics = new();
        UpstreamMaker maker = new(newChain, time, random, metrics, logging);
        return new UpstreamSelector(maker.Make(options), time, metrics, logging.CreateLogger<UpstreamSelector>())
        {
            Maker = maker,
        };
    }

    /// <summary>What a node's upstream needs of its options.</summary>
    internal static NodeOptions NodeOptionsOf(UpstreamOptions options) => new()
    {
        Url = options.Uri,
        User = options.User,
        Password = options.Password,
        CookieFile = options.CookieFile.Length > 0 ? options.CookieFile : null,
        Timeout = options.Timeout,
    };

    /// <summary>What a pool's upstream needs of its options.</summary>
    internal static PoolOptions PoolOptionsOf(UpstreamOptions options) => new()
    {
        Url = options.Uri,
        User = options.User,
        Password = options.Password,
        Authorities = options.LoadAuthorities(),
        Timeout = options.Timeout,
    };
}
