namespace MicroFirmware.Gateway.Upstreams;

/// <summary>What became of a share for a pool.</summary>
/// <param name="State">The pool's verdict, or why there is none.</param>
/// <param name="Reason">In the pool's words; empty where there is nothing to say.</param>
internal sealed record PoolShareOutcome(PoolShareState State, string Reason = "");
