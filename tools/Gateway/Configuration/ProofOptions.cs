using System.Globalization;
using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>Proofs that boards check for customers, and what is done about boards that lie.</summary>
public sealed class ProofOptions
{
    /// <summary>Most boards that one proof is given to.</summary>
    public const int MaxBoards = 32;

    /// <summary>The greatest target of Bitcoin's main network, in compact form.</summary>
    public const string DefaultGreatestTarget = "1d00ffff";

    // A satoshi: the smallest amount that every wallet can show.
    private const int DefaultPriceMsat = 1_000;
    private const int DefaultBoards = 5;

    // More than half: two who contradict each other never both have their way.
    private const int DefaultAgreeing = 3;

    // Enough that a board that always says "valid" is caught within a few dozen.
    private const int DefaultPlantedPercent = 20;
    private const int DefaultAuditPercent = 100;

    // The longest proof is 144 compressions of SHA-256 in managed code, which take a board seconds.
    private static readonly TimeSpan s_defaultAnswerTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_defaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>What a proof costs, in thousandths of a satoshi, 0 to 1,000,000,000. 0: none is sold, and boards are
    /// given none. Default 1,000.</summary>
    [NeedsRestart("customers hold invoices at the price there is")]
    public int PriceMsat { get; set; } = DefaultPriceMsat;

    /// <summary>Boards that are given each proof, 1 to <see cref="MaxBoards"/>. Default 5.</summary>
    public int Boards { get; set; } = DefaultBoards;

    /// <summary>Boards that have to come to the same finding, 1 to <see cref="Boards"/>. Fewer liars than that decide
    /// nothing. Default 3.</summary>
    public int Agreeing { get; set; } = DefaultAgreeing;

    /// <summary>Proofs with a known result that are planted, for every hundred real ones, 0 to 100. Default 20.
    /// </summary>
    public int PlantedPercent { get; set; } = DefaultPlantedPercent;

    /// <summary>How many real proofs in a hundred the gateway checks itself before it signs, 0 to 100; where boards
    /// contradict each other it always does. Default 100.</summary>
    public int AuditPercent { get; set; } = DefaultAuditPercent;

    /// <summary>How long a board may take before another one is asked, 1 s to 10 min. Default 10 s.</summary>
    public TimeSpan AnswerTimeout { get; set; } = s_defaultAnswerTimeout;

    /// <summary>How long a customer waits at most, <see cref="AnswerTimeout"/> to 10 min. Default 30 s.</summary>
    public TimeSpan Timeout { get; set; } = s_defaultTimeout;

    /// <summary>The network's greatest target, compact, 8 hexadecimal digits: 1d00ffff for Bitcoin, 207fffff for a
    /// regression test chain. Default 1d00ffff.</summary>
    [NeedsRestart("planted proofs are made for it at the start")]
    public string GreatestTarget { get; set; } = DefaultGreatestTarget;

    internal bool IsEnabled => PriceMsat > 0;

    internal uint LimitBits => uint.TryParse(
        GreatestTarget, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint bits) ? bits : 0;

    internal void Check(string section, ConfigurationProblems problems)
    {
        problems.Range($"{section}:{nameof(PriceMsat)}", PriceMsat, 0, 1_000_000_000);
        problems.Range($"{section}:{nameof(Boards)}", Boards, 1, MaxBoards);
        problems.Range($"{section}:{nameof(Agreeing)}", Agreeing, 1, Math.Max(1, Boards));
        problems.Range($"{section}:{nameof(PlantedPercent)}", PlantedPercent, 0, 100);
        problems.Range($"{section}:{nameof(AuditPercent)}", AuditPercent, 0, 100);
        TimeSpan most = TimeSpan.FromMinutes(10);
        problems.Range($"{section}:{nameof(AnswerTimeout)}", AnswerTimeout, TimeSpan.FromSeconds(1), most);
        problems.Range($"{section}:{nameof(Timeout)}", Timeout, AnswerTimeout < most ? AnswerTimeout : most, most);
        if (GreatestTarget.Length != 8 || !Target.TryFromCompact(LimitBits, out _))
        {
            problems.Add($"{section}:{nameof(GreatestTarget)}", GreatestTarget,
                "is no target; take the 8 hexadecimal digits of the network's first block, such as 1d00ffff");
        }
    }
}
