using System.Diagnostics;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Rewards;
using MicroFirmware.Ledger.Stores;

namespace MicroFirmware.Bench.Ledger;

/// <summary>
/// The book under load: entries a second in groups, and 1,000,000 shares of 10,000 devices, each booked as an entry of
/// its own, settled under each rule and verified from the file.
/// </summary>
public sealed class LedgerBench : IBench
{
    private const int Devices = 10_000;
    private const int Shares = 1_000_000;
    private const int SharesPerPosting = 100;
    private const int Runs = 5;
    private const long ShareWork = 1L << 32;
    private const long RewardMsat = 312_500_000_000;

    private static readonly string[] s_names = [.. Enumerable.Range(0, Devices).Select(i => $"board-{i}")];
    private static readonly Account[] s_accounts = [.. s_names.Select(Account.Device)];
    private static readonly Dictionary<string, Account> s_payees = s_names.Zip(s_accounts)
        .ToDictionary(pair => Account.DeviceWork(pair.First).Name, pair => pair.Second);

    public string Name => "ledger";

    public string Description => "entries/s in groups; 1,000,000 shares of 10,000 devices settled and verified";

    public async Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        List<double> inserts = [];
        List<double> verifies = [];
        string[] rules = ["solo", "pplns", "tariff"];
        for (int run = 0; run < Runs; run++)
        {
            string directory = Directory.CreateTempSubdirectory("ledger-bench-").FullName;
            try
            {
                string path = Path.Combine(directory, "ledger.db");
                inserts.Add(await FillAsync(path, seed: run, tariff: rules[run % rules.Length] == "tariff"));
                await SettleAsync(path, rules[run % rules.Length]);
                verifies.Add(Verify(path));
            }
            finally
            {
                Directory.Delete(directory, recursive: true);
            }
        }

        return
        [
            new Figure(Name, Figure.Median(inserts), "entries/s"),
            new Figure($"{Name}.verify", Figure.Median(verifies), "s"),
        ];
    }

    /// <summary>Books every share, postings of one commit's worth under way at a time.</summary>
    /// <returns>Entries a second, from the first posting to the last commit.</returns>
    private static async Task<double> FillAsync(string path, int seed, bool tariff)
    {
        Random random = new(seed);
        Int128[] totals = new Int128[Devices];
        Tariff? price = tariff ? new Tariff(3_333_333_333_333) : null;
        List<Posting> postings = [];
        for (int i = 0; i < Shares / SharesPerPosting; i++)
        {
            ProvenWork[] work = new ProvenWork[SharesPerPosting];
            for (int j = 0; j < work.Length; j++)
            {
                int device = random.Next(Devices);
                totals[device] += ShareWork;
                work[j] = new ProvenWork(s_names[device], s_accounts[device], ShareWork, totals[device],
                    totals[device] - ShareWork);
            }

            postings.Add(Bookings.Work(i, work, price));
        }

        using Journal journal = Journal.Open(() => SqliteLedgerStore.Open(path));
        long start = Stopwatch.GetTimestamp();
        PostResult[] results = await Task.WhenAll(postings.Select(journal.PostAsync));
        double rate = postings.Sum(posting => posting.Entries.Count) / Stopwatch.GetElapsedTime(start).TotalSeconds;
        Require(results.All(result => result == PostResult.Posted), "a posting was refused");
        Console.WriteLine($"  {rate:0} entries/s");
        return rate;
    }

    /// <summary>A block by a rule; its credits must be its reward to the msat.</summary>
    private static async Task SettleAsync(string path, string rule)
    {
        using Journal journal = Journal.Open(() => SqliteLedgerStore.Open(path));
        if (rule != "tariff")
        {
            long start = Stopwatch.GetTimestamp();
            long fee = new PoolFee(10_000).Of(RewardMsat);
            IReadOnlyList<Credit> credits = rule == "solo"
                ? SoloReward.Split(RewardMsat - fee, s_accounts[7].Name)
                : PplnsReward.Split(RewardMsat - fee, (UInt128)(ShareWork * (Shares * 0.9)), NewestWork(journal));
            PostResult result = await journal.PostAsync(Bookings.Block("00", 1, 1, RewardMsat, fee, credits));
            Require(result == PostResult.Posted, $"the block was refused: {result}");
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine($"  {rule}: {credits.Count} credits in {seconds:0.00} s");
        }

        Int128 given = -AmountOf(journal, rule == "tariff" ? Account.Operator : Account.Chain);
        Int128 got = journal.Accounts(0, int.MaxValue)
            .Where(b => b.Account is { Unit: LedgerUnit.MilliSatoshi, MayOwe: false })
            .Aggregate(Int128.Zero, (sum, balance) => sum + balance.Amount);
        Console.WriteLine($"  {rule}: {got} msat credited of {given}");
        Require(given == got && (rule == "tariff" || given == RewardMsat), "credits are not what was distributed");
    }

    private static List<BookedWork> NewestWork(Journal journal)
    {
        List<BookedWork> newest = [];
        journal.WalkWork((booking, account, work) =>
        {
            newest.Add(new BookedWork(booking, s_payees[account.Name].Name, work));
            return true;
        });
        return newest;
    }

    private static double Verify(string path)
    {
        using ILedgerStore store = SqliteLedgerStore.Open(path);
        long start = Stopwatch.GetTimestamp();
        LedgerHead head = BookCheck.Verify(store).Head;
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine($"  {head.Entries} entries verified in {seconds:0.00} s");
        return seconds;
    }

    private static Int128 AmountOf(Journal journal, Account account) => journal.Find(account.Name)?.Amount ?? 0;

    private static void Require(bool good, string problem)
    {
        if (!good)
        {
            throw new InvalidOperationException(problem);
        }
    }
}
