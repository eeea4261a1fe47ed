using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Rewards;
using MicroFirmware.Ledger.Stores;

namespace MicroFirmware.Ledger.Tests;

/// <summary>Shares settled under each rule, in any order and in any batches: credits are what is distributed, exactly,
/// and a share counts once however often it is told.</summary>
public sealed class SettlementTests
{
    private const int Devices = 200;
    private const int Shares = 5_000;
    private const long Reward = 312_500_000_001;
    private const int FeePpm = 12_345;

    private static readonly Tariff s_tariff = new(987_654_321_987_654_321);

    [Theory]
    [InlineData("tariff", 1)]
    [InlineData("tariff", 2)]
    [InlineData("pplns", 1)]
    [InlineData("pplns", 2)]
    [InlineData("solo", 1)]
    [InlineData("proof", 1)]
    public async Task Settlement_in_any_order_and_batches_credits_the_same_and_all_of_it(string rule, int seed)
    {
        (string Device, long Work)[] shares = SharesOf(seed);

        Dictionary<string, Int128> once = await SettleAsync(rule, shares, new Random(seed), again: false);
        Dictionary<string, Int128> mixed = await SettleAsync(
            rule, [.. shares.OrderBy(_ => seed++ * 7_919 % 10_007)], new Random(seed + 100), again: true);

        Assert.Equal(once.OrderBy(entry => entry.Key), mixed.OrderBy(entry => entry.Key));
        Int128 distributed = rule == "tariff"
            ? shares.GroupBy(share => share.Device).Aggregate((Int128)0, (sum, device) =>
                sum + s_tariff.Due(device.Aggregate((Int128)0, (work, share) => work + share.Work)))
            : Reward - new PoolFee(FeePpm).Of(Reward);
        Assert.Equal(distributed, once.Values.Aggregate((Int128)0, (sum, credit) => sum + credit));
    }

    [Fact]
    public void ProofFee_of_any_fee_and_boards_is_divided_to_the_last_msat_whatever_their_order()
    {
        Random random = new(11);
        for (int i = 0; i < 1_000; i++)
        {
            long fee = random.NextInt64(1, 1 << 20);
            string[] boards = [.. Enumerable.Range(0, random.Next(1, 40)).Select(board => $"device:{board}")];

            IReadOnlyList<Credit> credits = ProofFee.Split(fee, boards);
            random.Shuffle(boards);

            Assert.Equal(fee, credits.Sum(credit => credit.MilliSatoshi));
            Assert.Equal(credits, ProofFee.Split(fee, boards));
            Assert.InRange(credits.Max(credit => credit.MilliSatoshi), fee / boards.Length, (fee / boards.Length) + 1);
        }
    }

    /// <summary>Totals go to the ledger as the gateway's booking does it: what is above what was booked.</summary>
    private static async Task<Dictionary<string, Int128>> SettleAsync(
        string rule, (string Device, long Work)[] shares, Random random, bool again)
    {
        MemoryLedgerStore store = new();
        using Journal journal = Journal.Open(() => store);
        Dictionary<string, long> totals = [];
        Tariff? price = rule == "tariff" ? s_tariff : null;
        for (int from = 0; from < shares.Length;)
        {
            int batch = random.Next(1, 400);
            foreach ((string device, long work) in shares.Skip(from).Take(batch))
            {
                totals[device] = totals.GetValueOrDefault(device) + work;
            }

            Posting posting = Bookings.Work(1, [.. totals.Select(total => Piece(journal, total, price))
                .Where(piece => piece.Work > 0)], price);
            Assert.Equal(PostResult.Posted, await journal.PostAsync(posting));
            if (again)
            {
                Assert.Equal(PostResult.AlreadyPosted, await journal.PostAsync(posting));
            }

            from += batch;
        }

        if (price is null)
        {
            await DivideAsync(rule, journal, totals);
        }

        Assert.Equal(0, journal.Find(Account.Pool.Name)?.Amount ?? 0);
        return totals.Keys.ToDictionary(device => device, device => journal.Find($"device:{device}")?.Credits ?? 0);
    }

    private static async Task DivideAsync(string rule, Journal journal, Dictionary<string, long> totals)
    {
        long fee = new PoolFee(FeePpm).Of(Reward);
        IReadOnlyList<Credit> credits = rule switch
        {
            "solo" => SoloReward.Split(Reward - fee, "device:board-7"),
            "proof" => ProofFee.Split(Reward - fee, [.. totals.Keys.Select(device => $"device:{device}")]),
            _ => PplnsReward.Split(Reward - fee, UInt128.MaxValue >> 1, NewestWork(journal)),
        };
        Posting block = Bookings.Block("00", 1, 1, Reward, fee, credits);
        Assert.Equal(PostResult.Posted, await journal.PostAsync(block));
        Assert.Equal(PostResult.AlreadyPosted, await journal.PostAsync(block));
    }

    private static List<BookedWork> NewestWork(Journal journal)
    {
        List<BookedWork> newest = [];
        journal.WalkWork((booking, account, work) =>
        {
            newest.Add(new BookedWork(booking, $"device:{Account.DeviceOfWork(account.Name)}", work));
            return true;
        });
        return newest;
    }

    private static ProvenWork Piece(Journal journal, KeyValuePair<string, long> total, Tariff? price)
    {
        Int128 booked = journal.Find(Account.DeviceWork(total.Key).Name)?.Credits ?? 0;
        Int128 paid = journal.Find(Account.DeviceTariff(total.Key, $"{price}").Name)?.Amount ?? 0;
        return new ProvenWork(total.Key, Account.Device(total.Key), (long)(total.Value - booked), total.Value, paid);
    }

    private static (string Device, long Work)[] SharesOf(int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, Shares).Select(_ =>
            ($"board-{random.Next(Devices)}", random.NextInt64(1, 1L << 36)))];
    }
}
