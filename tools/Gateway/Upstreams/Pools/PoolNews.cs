using MicroFirmware.Bitcoin;
using MicroFirmware.Bitcoin.Stratum;

namespace MicroFirmware.Gateway.Upstreams.Pools;

/// <summary>What a line of a pool's came to; all null where there is nothing to do.</summary>
/// <param name="Template">New work.</param>
/// <param name="Reconnect">The pool wants to be reached elsewhere.</param>
/// <param name="Problem">The talk is over, as a sentence.</param>
internal readonly record struct PoolNews(
    BlockTemplate? Template = null, StratumMessage.Reconnect? Reconnect = null, string? Problem = null);
