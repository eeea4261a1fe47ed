using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams.Pools;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>
/// Makes upstreams of options. Asked again, it gives those again whose options are the same, with their connections and
/// sessions. Used by one thread at a time.
/// </summary>
/// <param name="newChain">Makes the embedded chain, where one is named: once.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Spreads the pauses after failures.</param>
/// <param name="metrics">Told by all of them.</param>
/// <param name="logging">Where they log.</param>
internal sealed class UpstreamMaker(
    Func<IUpstream> newChain, TimeProvider time, Random random, UpstreamMetrics metrics, ILoggerFactory logging)
{
    private List<Made> _made = [];
    private IUpstream? _chain;

    /// <summary>The upstreams that options name.</summary>
    /// <param name="options">Checked; empty for the embedded chain alone. Nodes of one coin and one address that stand
    /// next to each other are one upstream.</param>
    public IReadOnlyList<IUpstream> Make(IReadOnlyList<UpstreamOptions> options)
    {
        List<Made> before = [.. _made];
        List<Made> made = [];
        foreach (UpstreamOptions[] entry in EntriesOf(options))
        {
            Made one = before.Find(known => IsSame(known.Options, entry)) ?? new Made(entry, New(entry));
            before.Remove(one);
            made.Add(one);
        }

        _made = made;
        return made.Count > 0 ? [.. made.Select(one => one.Upstream)] : [Chain()];
    }

    private static IEnumerable<UpstreamOptions[]> EntriesOf(IReadOnlyList<UpstreamOptions> options)
    {
        for (int i = 0; i < options.Count;)
        {
            UpstreamOptions first = options[i];
            UpstreamOptions[] entry = [first, .. options.Skip(i + 1).TakeWhile(next => IsBeside(next, first))];
            yield return entry;
            i += entry.Length;
        }
    }

    private static bool IsBeside(UpstreamOptions one, UpstreamOptions other) =>
        one.ParsedKind == UpstreamKind.Node && other.ParsedKind == UpstreamKind.Node
        && one.Coin == other.Coin && one.PayoutAddress == other.PayoutAddress;

    private static bool IsSame(UpstreamOptions[] one, UpstreamOptions[] other) =>
        one.Length == other.Length && one.Zip(other).All(pair => OptionValues.AreEqual(pair.First, pair.Second));

    private IUpstream New(UpstreamOptions[] entry) => entry[0].ParsedKind switch
    {
        UpstreamKind.Node => NewNode(entry),
        UpstreamKind.Pool => NewPool(UpstreamList.PoolOptionsOf(entry[0])),
        _ => Chain(),
    };

    private IUpstream Chain() => _chain ??= newChain();

    private NodeUpstream NewNode(UpstreamOptions[] nodes) =>
        new([.. nodes.Select(UpstreamList.NodeOptionsOf)], Coin.Find(nodes[0].Coin), nodes[0].PayoutScript(),
            NewHandler, time, Backoff.Usual(new Random(random.Next())), metrics, logging.CreateLogger<NodeUpstream>());

    private PoolUpstream NewPool(PoolOptions pool) =>
        new(pool, (url, cancel) => PoolDialer.ConnectAsync(url, pool, cancel), time,
            Backoff.Usual(new Random(random.Next())), metrics, logging.CreateLogger<PoolUpstream>());

    /// <summary>A connection for the long-poll and one for blocks; a proxy has no business between gateway and node.
    /// </summary>
    private static SocketsHttpHandler NewHandler() => new() { UseProxy = false, AllowAutoRedirect = false };

    /// <summary>An upstream and what it was made of.</summary>
    private sealed record Made(UpstreamOptions[] Options, IUpstream Upstream);
}
