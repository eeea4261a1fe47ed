namespace MicroFirmware.Gateway.Configuration;

/// <summary>Who may give orders: whoever has the owner token, and for one board, a join code.</summary>
public sealed class OwnerOptions
{
    // Nobody mistypes a copied token ten times a minute; who guesses 40 bits at this rate needs 100,000 years.
    private const int DefaultMaxFailuresPerMinute = 10;

    // Time to walk to a board with a laptop.
    private static readonly TimeSpan s_defaultJoinCodeLife = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Whether programs on this machine need no token. Default no: any program of any user could enrol and revoke.
    /// </summary>
    public bool TrustLoopback { get; set; }

    /// <summary>Wrong tokens and codes of one address in a minute before it is refused unheard, 1 to 1,000. Default 10.
    /// </summary>
    public int MaxFailuresPerMinute { get; set; } = DefaultMaxFailuresPerMinute;

    /// <summary>How long a join code can be used, 1 min to 7 d. Default 15 min.</summary>
    public TimeSpan JoinCodeLife { get; set; } = s_defaultJoinCodeLife;

    internal void Check(string section, ConfigurationProblems problems)
    {
        problems.Range($"{section}:{nameof(MaxFailuresPerMinute)}", MaxFailuresPerMinute, 1, 1_000);
        problems.Range(
            $"{section}:{nameof(JoinCodeLife)}", JoinCodeLife, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));
    }
}
