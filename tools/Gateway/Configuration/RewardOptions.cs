namespace MicroFirmware.Gateway.Configuration;

/// <summary>Who earns what: how blocks and work are turned into credits of the ledger.</summary>
public sealed class RewardOptions
{
    private const string DefaultRule = "owner";

    // The least that makes hopping between pools worthless at a block's usual variance.
    private const int DefaultPplnsBlocks = 2;

    /// <summary>Most outputs besides the owner's: a Stratum notify has to stay below 4 KB.</summary>
    public const int MaxCoinbasePayees = 20;

    // Often enough that an owner sees the balance move, seldom enough that a year of it is a small book.
    private static readonly TimeSpan s_defaultInterval = TimeSpan.FromSeconds(10);

    /// <summary><c>owner</c>: blocks are the owner's; <c>solo</c>: their finder's; <c>pplns</c>: divided by the newest
    /// work; <c>pps</c>: work is paid at what blocks are worth; <c>tariff</c>: work is paid at
    /// <see cref="TariffPicoMsat"/>. Default <c>owner</c>.</summary>
    public string Rule { get; set; } = DefaultRule;

    /// <summary>What the pool keeps, in parts per million, 0 to 1,000,000. Default 0.</summary>
    public int FeePpm { get; set; }

    /// <summary>The window of <c>pplns</c> in blocks' work, 1 to 1,000. Default 2.</summary>
    public int PplnsBlocks { get; set; } = DefaultPplnsBlocks;

    /// <summary>The price of <c>tariff</c>: 10^-12 msat per 2^32 hashes, up to 10^18 (a thousand satoshi). At a
    /// difficulty of 150 T a block's worth is about 2,000,000,000. Default 0.</summary>
    public ulong TariffPicoMsat { get; set; }

    /// <summary>Accounts that a block of an own node pays by itself, the largest balances first, 0 to
    /// <see cref="MaxCoinbasePayees"/>: miners whose account is an address of the coin. What the coinbase paid leaves
    /// their balances. Default 0: all of it goes to the owner's address.</summary>
    public int CoinbasePayees { get; set; }

    /// <summary>Time between two bookings of work, 100 ms to 1 h. Default 10 s.</summary>
    public TimeSpan Interval { get; set; } = s_defaultInterval;

    internal RewardRule Kind => Enum.TryParse(Rule, ignoreCase: true, out RewardRule rule) ? rule : RewardRule.Owner;

    internal void Check(string section, ConfigurationProblems problems)
    {
        string[] names = [.. Enum.GetNames<RewardRule>().Select(name => name.ToLowerInvariant())];
        if (!names.Contains(Rule, StringComparer.OrdinalIgnoreCase))
        {
            problems.Add($"{section}:{nameof(Rule)}", Rule, $"is not known; take {string.Join(", ", names)}");
        }

        problems.Range($"{section}:{nameof(FeePpm)}", FeePpm, 0, 1_000_000);
        problems.Range($"{section}:{nameof(PplnsBlocks)}", PplnsBlocks, 1, 1_000);
        problems.Range($"{section}:{nameof(CoinbasePayees)}", CoinbasePayees, 0, MaxCoinbasePayees);
        problems.Range($"{section}:{nameof(Interval)}", Interval, TimeSpan.FromSeconds(0.1), TimeSpan.FromHours(1));
        problems.Range($"{section}:{nameof(TariffPicoMsat)}", TariffPicoMsat, Kind == RewardRule.Tariff ? 1UL : 0UL,
            1_000_000_000_000_000_000UL);
    }
}
