using System.Numerics;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Rewards;

namespace MicroFirmware.Ledger.Tests;

/// <summary>Rules over many seeded cases; a failing one names its seed.</summary>
public class RewardTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void LargestRemainder_any_weights_parts_are_fair_and_sum_to_the_amount(int seed)
    {
        Random random = new(seed);
        BigInteger[] weights = [.. Enumerable.Range(0, random.Next(1, 50))
            .Select(_ => new BigInteger(random.NextInt64(0, 1L << random.Next(1, 62))) * random.Next(0, 3))];
        weights[0] += 1;
        long amount = random.NextInt64(0, 1L << random.Next(1, 62));

        long[] parts = LargestRemainder.Split(amount, weights);

        BigInteger total = weights.Aggregate(BigInteger.Add);
        Assert.Equal(amount, parts.Sum());
        Assert.All(parts.Zip(weights), pair =>
        {
            BigInteger floor = pair.Second * amount / total;
            Assert.True(pair.First == floor || pair.First == floor + 1);
            Assert.True(pair.Second > 0 || pair.First == 0);
        });
    }

    [Fact]
    public void LargestRemainder_no_weight_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LargestRemainder.Split(5, [BigInteger.Zero]));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Pplns_any_work_credits_sum_to_the_reward(int seed)
    {
        Random random = new(seed);
        List<BookedWork> work = RandomWork(random);
        long amount = random.NextInt64(0, 625_000_000_000);

        IReadOnlyList<Credit> credits = PplnsReward.Split(amount, RandomWindow(random, work), work);

        Assert.Equal(amount, credits.Sum(credit => credit.MilliSatoshi));
        Assert.Equal(credits.Count, credits.DistinctBy(credit => credit.Who).Count());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Pplns_order_and_pieces_within_a_booking_do_not_matter(int seed)
    {
        Random random = new(seed);
        List<BookedWork> work = RandomWork(random);
        UInt128 window = RandomWindow(random, work);
        IEnumerable<BookedWork> other = work.GroupBy(piece => piece.Booking)
            .SelectMany(booking => booking.SelectMany(piece => Cut(random, piece)).OrderBy(_ => random.Next()));

        Assert.Equal(
            PplnsReward.Split(1_000_003, window, work), PplnsReward.Split(1_000_003, window, other));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Pplns_bookings_inside_the_window_may_be_joined_and_swapped(int seed)
    {
        Random random = new(seed);
        List<BookedWork> work = RandomWork(random);
        UInt128 window = (UInt128)work.Sum(piece => (decimal)piece.Work) + 1;
        IEnumerable<BookedWork> joined = work.OrderBy(_ => random.Next()).Select(piece => piece with { Booking = 1 });

        Assert.Equal(
            PplnsReward.Split(1_000_003, window, work), PplnsReward.Split(1_000_003, window, joined));
    }

    [Fact]
    public void Pplns_edge_of_the_window_counts_in_part()
    {
        BookedWork[] newestFirst = [new(3, "a", 60), new(2, "b", 20), new(2, "c", 60), new(1, "d", 1_000)];

        // 60 of a, then half of what was booked together by b and c; d is outside.
        Assert.Equal([new Credit("a", 600), new Credit("b", 100), new Credit("c", 300)],
            PplnsReward.Split(1_000, 100, newestFirst));
    }

    [Fact]
    public void Pplns_no_work_gives_nobody_anything() => Assert.Empty(PplnsReward.Split(1_000, 100, []));

    [Fact]
    public void Pplns_work_that_was_counted_for_one_block_counts_for_the_next_within_the_window()
    {
        BookedWork[] first = [new(1, "a", 100)];
        BookedWork[] second = [new(2, "b", 100), .. first];

        Assert.Equal([new Credit("a", 50)], PplnsReward.Split(50, 200, first));
        Assert.Equal([new Credit("a", 25), new Credit("b", 25)], PplnsReward.Split(50, 200, second));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Tariff_any_batches_sum_to_what_all_work_is_worth(int seed)
    {
        Random random = new(seed);
        Tariff tariff = new((UInt128)random.NextInt64(1, 1L << random.Next(2, 60)));
        Int128 paid = 0;
        Int128 credited = 0;
        for (int i = random.Next(1, 200); i > 0; i--)
        {
            long work = random.NextInt64(0, 1L << random.Next(1, 50));
            credited += tariff.DueFor(paid, work);
            paid += work;
        }

        Assert.Equal(tariff.Due(paid), credited);
    }

    [Fact]
    public void Tariff_of_a_block_pays_its_reward_for_its_work_and_no_more()
    {
        // The main network in 2026: difficulty 150 T, 3.125 bitcoin.
        UInt128 blockWork = (UInt128)150_000_000_000_000 * 4_295_032_833;
        Tariff tariff = Tariff.OfBlock(312_500_000_000, blockWork);

        // A board of 350 kH/s for a day: 0.0146 msat.
        Assert.InRange((ulong)tariff.PicoMsat, 2_000_000_000UL, 2_200_000_000UL);
        Assert.Equal(0, tariff.Due(350_000L * 86_400));
        Assert.InRange((long)tariff.Due((Int128)blockWork), 312_499_900_000, 312_500_000_000);
    }

    [Fact]
    public void Tariff_less_a_fee_is_the_rest_of_it() =>
        Assert.Equal(new Tariff(985), new Tariff(1000).Less(new PoolFee(15_000)));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(15_000, 14)]
    [InlineData(1_000_000, 999)]
    public void Fee_parts_per_million_are_rounded_down(int ppm, long fee) =>
        Assert.Equal(fee, new PoolFee(ppm).Of(999));

    [Fact]
    public void ProofFee_boards_get_the_same_to_the_last_msat() => Assert.Equal(
        [new Credit("a", 4), new Credit("b", 3), new Credit("c", 3)], ProofFee.Split(10, ["c", "a", "b", "a"]));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void CoinbaseShares_any_balances_pay_whole_satoshi_above_dust_and_the_reward(int seed)
    {
        Random random = new(seed);
        List<Credit> balances = [.. Enumerable.Range(0, random.Next(0, 40))
            .Select(i => new Credit($"{i}", random.NextInt64(1, 1L << random.Next(1, 40))))];
        long reward = random.NextInt64(0, 1L << random.Next(1, 35));

        CoinbaseShares shares = CoinbaseShares.Of(reward, balances, 546, 10);

        Assert.Equal(reward, shares.Rest + shares.Paid.Sum(paid => paid.Satoshi));
        Assert.True(shares.Paid.Count <= 10 && shares.Rest >= 0);
        Assert.All(shares.Paid, paid =>
        {
            Assert.True(paid.Satoshi >= 546);
            Assert.True(paid.Satoshi * 1000 <= balances.Single(b => b.Who == paid.Who).MilliSatoshi);
        });
    }

    [Fact]
    public void Block_credits_that_are_not_the_reward_are_refused() => Assert.Throws<ArgumentException>(
        () => Bookings.Block("00", 1, 1, 1000, 10, [new Credit("device:a", 989)]));

    [Fact]
    public async Task Bookings_work_a_block_and_a_tariff_leave_the_pool_empty()
    {
        using TestBook book = new(inMemory: true);
        Tariff tariff = new(3_000_000_000_000);
        (Account a, Account b) = (Account.Device("a"), Account.Device("b"));
        Posting[] postings =
        [
            Bookings.Work(1, [new("a", a, 1L << 33, 1L << 33, 0), new("b", b, 1L << 31, 1L << 31, 0)], tariff),
            Bookings.Block("00ff", 7, 2, 1000, 10, [new Credit(a.Name, 600), new Credit(b.Name, 390)]),
            Bookings.Block("00fe", 8, 3, 1000, 0, []),
            Bookings.Work(4, [new("b", b, 1L << 31, 1L << 32, 1L << 31)], tariff),
            Bookings.Work(5, [new("b", b, 77, (1L << 32) + 77, 1L << 32)]),
        ];
        foreach (Posting posting in postings)
        {
            Assert.Equal(PostResult.Posted, await book.Journal.PostAsync(posting));
        }

        Assert.Equal(0, book.BalanceOf(Account.Pool));
        Assert.Equal(606, book.BalanceOf(a));
        Assert.Equal(393, book.BalanceOf(b));
        Assert.Equal((10, 1000), (book.BalanceOf(Account.Fees), book.BalanceOf(Account.Owner)));
        Assert.Equal((-2000, -9), (book.BalanceOf(Account.Chain), book.BalanceOf(Account.Operator)));
        Assert.Equal((0, 77), (book.BalanceOf(Account.DeviceWork("a")), book.BalanceOf(Account.DeviceWork("b"))));
        Assert.Equal((1L << 32) + 77, book.Journal.Find(Account.DeviceWork("b").Name)!.Value.Credits);
    }

    [Theory]
    [InlineData("board-1", "board-1")]
    [InlineData("bc1q.rig_1", "bc1q.rig_1")]
    [InlineData("a:work", "a%3Awork")]
    [InlineData("50%/ü", "50%25%2F%C3%BC")]
    public void Account_name_of_any_id_can_be_booked_on(string id, string name)
    {
        Assert.Equal(name, Account.NameOf(id));
        Assert.True(Account.DeviceWork(name).IsValid);
        Assert.Equal(name, Account.DeviceOfWork(Account.DeviceWork(name).Name));
    }

    private static List<BookedWork> RandomWork(Random random) => [.. Enumerable.Range(0, random.Next(1, 20))
        .SelectMany(booking => Enumerable.Range(0, random.Next(1, 12))
            .Select(_ => new BookedWork(100 - booking, $"board-{random.Next(8)}", random.NextInt64(1, 1L << 40))))];

    private static UInt128 RandomWindow(Random random, List<BookedWork> work) =>
        (UInt128)random.NextInt64(1, 2 * work.Sum(piece => piece.Work));

    private static IEnumerable<BookedWork> Cut(Random random, BookedWork piece)
    {
        long first = random.NextInt64(0, piece.Work);
        return first == 0 ? [piece] : [piece with { Work = first }, piece with { Work = piece.Work - first }];
    }
}
