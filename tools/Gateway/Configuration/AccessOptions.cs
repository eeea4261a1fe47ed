namespace MicroFirmware.Gateway.Configuration;

/// <summary>Who may sign in, and for how long.</summary>
public sealed class AccessOptions
{
    // OWASP's Password Storage Cheat Sheet for PBKDF2-HMAC-SHA256.
    private const int DefaultPasswordIterations = 600_000;
    private const int MaxPasswordIterations = 10_000_000;

    // A dashboard is opened every few days, and its owner shall not type a password each time.
    private static readonly TimeSpan s_defaultSessionIdle = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_defaultSessionLife = TimeSpan.FromDays(30);

    // Time to read the console, or to find the other person.
    private static readonly TimeSpan s_defaultLinkLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_defaultInvitationLife = TimeSpan.FromDays(1);

    /// <summary>How long a session lasts without use, 5 min to 90 d. Default 7 d.</summary>
    public TimeSpan SessionIdle { get; set; } = s_defaultSessionIdle;

    /// <summary>How long a session lasts at most, 5 min to 365 d. Default 30 d.</summary>
    public TimeSpan SessionLife { get; set; } = s_defaultSessionLife;

    /// <summary>How long the owner's one-time link is good, 1 min to 7 d. Default 1 h.</summary>
    [NeedsRestart("the link is made at the start")]
    public TimeSpan LinkLife { get; set; } = s_defaultLinkLife;

    /// <summary>How long an invitation is good, 1 min to 30 d. Default 1 d.</summary>
    public TimeSpan InvitationLife { get; set; } = s_defaultInvitationLife;

    /// <summary>
    /// Rounds of PBKDF2 for a password, 600,000 to 10,000,000. Default 600,000; raised, it counts for each user from
    /// the next sign-in on.
    /// </summary>
    public int PasswordIterations { get; set; } = DefaultPasswordIterations;

    internal void Check(string section, ConfigurationProblems problems)
    {
        TimeSpan fiveMinutes = TimeSpan.FromMinutes(5);
        TimeSpan minute = TimeSpan.FromMinutes(1);
        problems.Range($"{section}:{nameof(SessionIdle)}", SessionIdle, fiveMinutes, TimeSpan.FromDays(90));
        problems.Range($"{section}:{nameof(SessionLife)}", SessionLife, fiveMinutes, TimeSpan.FromDays(365));
        problems.Range($"{section}:{nameof(LinkLife)}", LinkLife, minute, TimeSpan.FromDays(7));
        problems.Range($"{section}:{nameof(InvitationLife)}", InvitationLife, minute, TimeSpan.FromDays(30));
        problems.Range($"{section}:{nameof(PasswordIterations)}", PasswordIterations, DefaultPasswordIterations,
            MaxPasswordIterations);
    }
}
