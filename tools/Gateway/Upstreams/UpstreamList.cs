using MicroFirmware.Bitcoin;
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
    /// <param name="newChain">Makes the embedded chain where one is named.</param>
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
        List<IUpstream> upstreams = options.Count == 0 ? [newChain()] : [];
        for (int i = 0; i < options.Count; i++)
        {
            switch (options[i].ParsedKind)
            {
                case UpstreamKind.Embedded:
                    upstreams.Add(newChain());
                    break;
                case UpstreamKind.Node:
                    UpstreamOptions[] nodes = [.. options.Skip(i).TakeWhile(o => IsSame(o, options[i]))];
                    upstreams.Add(NewNode(nodes, time, random, metrics, logging));
                    i += nodes.Length - 1;
                    break;
                case UpstreamKind.Pool:
                    upstreams.Add(NewPool(PoolOptionsOf(options[i]), time, random, metrics, logging));
                    break;
            }
        }

        return new UpstreamSelector(upstreams, time, metrics, logging.CreateLogger<UpstreamSelector>());
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

    private static bool IsSame(UpstreamOptions one, UpstreamOptions other) => one.ParsedKind == UpstreamKind.Node
        && one.Coin == other.Coin && one.PayoutAddress == other.PayoutAddress;

    private static NodeUpstream NewNode(
        UpstreamOptions[] nodes, TimeProvider time, Random random, UpstreamMetrics metrics, ILoggerFactory logging) =>
        new([.. nodes.Select(NodeOptionsOf)], Coin.Find(nodes[0].Coin), nodes[0].PayoutScript(), NewHandler, time,
            Backoff.Usual(new Random(random.Next())), metrics, logging.CreateLogger<NodeUpstream>());

    private static PoolUpstream NewPool(
        PoolOptions pool, TimeProvider time, Random random, UpstreamMetrics metrics, ILoggerFactory logging) =>
        new(pool, (url, cancel) => PoolDialer.ConnectAsync(url, pool, cancel), time,
            Backoff.Usual(new Random(random.Next())), metrics, logging.CreateLogger<PoolUpstream>());

    /// <summary>A connection for the long-poll and one for blocks; a proxy has no business between gateway and node.
    /// </summary>
    private static SocketsHttpHandler NewHandler() => new() { UseProxy = false, AllowAutoRedirect = false };
}
