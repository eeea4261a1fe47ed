namespace MicroFirmware.Gateway.Upstreams;

/// <summary>Pauses after failures: they double, and half of each is chance, so that gateways do not come back
/// together.</summary>
/// <param name="first">The first pause at most.</param>
/// <param name="longest">What no pause exceeds.</param>
/// <param name="random">The chance; used by one thread at a time.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Random random)
{
    private const int MaxDoublings = 10;

    private int _failures;

    /// <summary>Half a second at first, half a minute at last.</summary>
    public static Backoff Usual(Random random) =>
        new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30), random);

    /// <summary>It went well: the next pause is short again.</summary>
    public void Reset() => _failures = 0;

    /// <summary>The pause after one more failure.</summary>
    public TimeSpan Next()
    {
        TimeSpan full = first * Math.Pow(2, Math.Min(_failures++, MaxDoublings));
        TimeSpan bound = full < longest ? full : longest;
        return bound * (0.5 + (random.NextDouble() / 2));
    }
}
