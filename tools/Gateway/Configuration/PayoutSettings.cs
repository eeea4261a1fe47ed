using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Payouts;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>How balances leave the ledger: by which Lightning node, how often, and within which bounds.</summary>
public sealed class PayoutSettings
{
    private const string NoNode = "none";
    private const string DefaultChain = "bc";

    // What a node's way costs must not eat what was earned: at 1,000 sat, 3 sat and a percent are 1.3 percent.
    private const long DefaultThresholdMsat = 1_000_000;

    // All there will ever be.
    private const long MostMsat = 2_100_000_000_000_000_000;

    private static readonly PayoutOptions s_desk = new();
    private static readonly TimeSpan s_defaultInterval = TimeSpan.FromHours(1);
    private static readonly string[] s_chains = ["bc", "tb", "tbs", "bcrt", "sb"];

    /// <summary>What kind of node pays: <c>electrum</c>, <c>lnd</c>, <c>corelightning</c>, <c>lnbits</c> or
    /// <c>phoenixd</c>. Default <c>none</c>: nothing is paid, and the paywall asks for no invoices.</summary>
    [NeedsRestart("payouts under way belong to the node that they were given to")]
    public string Kind { get; set; } = NoNode;

    /// <summary>Where the node answers: https, or http on this machine. Default none.</summary>
    [NeedsRestart("payouts under way belong to the node that they were given to")]
    public string Url { get; set; } = "";

    /// <summary>The file that lets one in, which not everybody may read: LND's macaroon as it is, a rune, an admin key,
    /// a password, or <c>user:password</c> (Electrum). Its content is never logged. Default none.</summary>
    [NeedsRestart("payouts under way belong to the node that they were given to")]
    public string CredentialFile { get; set; } = "";

    /// <summary>The certificate that the node must show, PEM: LND's <c>tls.cert</c>. Default: the system's authorities
    /// decide.</summary>
    [NeedsRestart("payouts under way belong to the node that they were given to")]
    public string CertificateFile { get; set; } = "";

    /// <summary>Whose invoices are paid: <c>bc</c>, <c>tb</c>, <c>tbs</c> (signet), <c>bcrt</c> or <c>sb</c>. Default
    /// <c>bc</c>.</summary>
    [NeedsRestart("payouts under way belong to the node that they were given to")]
    public string Chain { get; set; } = DefaultChain;

    /// <summary>Whether what is paid is worth something: the node is on the main chain.</summary>
    internal bool PaysRealCoins => Chain == DefaultChain;

    /// <summary>Time between two rounds in which every account with a target and enough on it is paid, 1 s to 30 d.
    /// Default 1 h.</summary>
    public TimeSpan Interval { get; set; } = s_defaultInterval;

    /// <summary>Balance from which an account is paid that has no threshold of its own, in millisatoshi. Default
    /// 1,000 sat.</summary>
    public long ThresholdMsat { get; set; } = DefaultThresholdMsat;

    /// <summary>Most of a payout; more waits for the owner's approval. Millisatoshi, default 100,000 sat.</summary>
    public long ApprovalMsat { get; set; } = s_desk.ApprovalMsat;

    /// <summary>Most of all payouts of 24 hours, fees included. Millisatoshi, default 1,000,000 sat.</summary>
    public long DailyCapMsat { get; set; } = s_desk.DailyCapMsat;

    /// <summary>Fee that is reserved whatever the amount. Millisatoshi, default 3 sat.</summary>
    public long FeeBaseMsat { get; set; } = s_desk.FeeBaseMsat;

    /// <summary>Fee that is reserved besides, in parts per million, 0 to 500,000. Default one percent.</summary>
    public int FeePpm { get; set; } = s_desk.FeePpm;

    /// <summary>How long a node shall try, 5 s to 10 min. Default 60 s.</summary>
    [NeedsRestart("a payment under way was given the time there was")]
    public TimeSpan Patience { get; set; } = s_desk.Patience;

    /// <summary>Whether everything is tried and nothing is sent. Default no.</summary>
    public bool DryRun { get; set; }

    /// <summary>Every payout waits for approval, whatever <see cref="ApprovalMsat"/> was set to.</summary>
    internal bool IsHeld { get; private set; }

    internal bool IsEnabled => !Kind.Equals(NoNode, StringComparison.OrdinalIgnoreCase);

    internal void Hold() => (IsHeld, ApprovalMsat) = (true, 0);

    internal LightningNodeOptions Node => new()
    {
        Kind = Kind,
        Url = Url,
        CredentialFile = CredentialFile,
        CertificateFile = CertificateFile,
    };

    internal PayoutOptions Desk => new()
    {
        Prefix = Chain,
        ApprovalMsat = ApprovalMsat,
        DailyCapMsat = DailyCapMsat,
        FeeBaseMsat = FeeBaseMsat,
        FeePpm = FeePpm,
        Patience = Patience,
    };

    internal void Check(string section, ConfigurationProblems problems)
    {
        if (IsEnabled && LightningNodes.ProblemOf(Node) is { Length: > 0 } problem)
        {
            problems.Add($"{section}:{nameof(Kind)}", Kind, $"cannot be used. {problem.TrimEnd('.')}");
        }

        if (!s_chains.Contains(Chain))
        {
            problems.Add($"{section}:{nameof(Chain)}", Chain, $"is not known; take {string.Join(", ", s_chains)}");
        }

        problems.Range($"{section}:{nameof(Interval)}", Interval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(30));
        problems.Range($"{section}:{nameof(ThresholdMsat)}", ThresholdMsat, s_desk.MinMsat, MostMsat);
        problems.Range($"{section}:{nameof(ApprovalMsat)}", ApprovalMsat, 0, MostMsat);
        problems.Range($"{section}:{nameof(DailyCapMsat)}", DailyCapMsat, 0, MostMsat);
        problems.Range($"{section}:{nameof(FeeBaseMsat)}", FeeBaseMsat, 0, MostMsat);
        problems.Range($"{section}:{nameof(FeePpm)}", FeePpm, 0, 500_000);
        problems.Range($"{section}:{nameof(Patience)}", Patience, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10));
    }
}
