namespace MicroFirmware.Gateway.Upstreams.Pools;

/// <summary>Counts what became of the shares for a pool since the start. Safe for use by many threads.</summary>
internal sealed class PoolTally
{
    private readonly long[] _states = new long[Enum.GetValues<PoolShareState>().Length];
    private long _connections;

    public void Connected() => Interlocked.Increment(ref _connections);

    public void Count(PoolShareState state) => Interlocked.Increment(ref _states[(int)state]);

    public PoolReport Report(double difficulty, int extranonceSize, string versionMask, double? latencyMs) => new(
        difficulty,
        extranonceSize,
        versionMask,
        latencyMs,
        Interlocked.Read(ref _connections),
        Of(PoolShareState.Accepted),
        Of(PoolShareState.Rejected),
        Of(PoolShareState.Unknown),
        Of(PoolShareState.Lost));

    private long Of(PoolShareState state) => Interlocked.Read(ref _states[(int)state]);
}
