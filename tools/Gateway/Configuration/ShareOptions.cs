namespace MicroFirmware.Gateway.Configuration;

/// <summary>How often devices shall share, and within which bounds.</summary>
public sealed class ShareOptions
{
    // Two shares a minute prove a rate to a quarter within ten minutes and cost a board next to nothing.
    private static readonly TimeSpan s_defaultInterval = TimeSpan.FromSeconds(30);

    // Twenty shares at the default interval.
    private static readonly TimeSpan s_defaultRateWindow = TimeSpan.FromMinutes(10);

    // A board without SHA engine makes about 200 hashes a second: its first share comes within a minute or so.
    private const ulong DefaultStartWork = 1 << 14;
    private const ulong DefaultMinWork = 1 << 6;

    // Difficulty 1,000,000: no board that this gateway is made for needs more.
    private const ulong DefaultMaxWork = 1UL << 52;

    /// <summary>
    /// Time between two shares of one device that its share work aims at, 100 ms to 1 h. Default 30 s.
    /// </summary>
    public TimeSpan Interval { get; set; } = s_defaultInterval;

    /// <summary>The span over which proven hash rates are taken, 1 s to 1 d. Default 10 min.</summary>
    public TimeSpan RateWindow { get; set; } = s_defaultRateWindow;

    /// <summary>Share work of a device never seen before, in expected hashes. Default 16,384.</summary>
    public ulong StartWork { get; set; } = DefaultStartWork;

    /// <summary>Least share work that is assigned, in expected hashes. Default 64.</summary>
    public ulong MinWork { get; set; } = DefaultMinWork;

    /// <summary>Most share work that is assigned, in expected hashes. Default 2^52, difficulty 1,048,560.</summary>
    public ulong MaxWork { get; set; } = DefaultMaxWork;

    internal void Check(string section, ConfigurationProblems problems)
    {
        problems.Range($"{section}:{nameof(Interval)}", Interval, TimeSpan.FromSeconds(0.1), TimeSpan.FromHours(1));
        problems.Range($"{section}:{nameof(RateWindow)}", RateWindow, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        problems.Range($"{section}:{nameof(MinWork)}", MinWork, 1UL, DefaultMaxWork);
        problems.Range($"{section}:{nameof(MaxWork)}", MaxWork, MinWork, 1UL << 62);
        problems.Range($"{section}:{nameof(StartWork)}", StartWork, MinWork, MaxWork);
    }
}
