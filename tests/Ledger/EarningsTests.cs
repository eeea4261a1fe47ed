using System.Numerics;
using MicroFirmware.Ledger.Earnings;
using MicroFirmware.Ledger.Rewards;

namespace MicroFirmware.Ledger.Tests;

public sealed class EarningsTests
{
    private const long RewardMsat = 312_500_000_000;

    [Fact]
    public void WorkOf_difficulty_is_the_work_below_its_target()
    {
        // 2^256 / (0xffff·2^208 + 1) is bitcoind's chain work of a block at difficulty 1: 0x100010001.
        Assert.Equal(0x1_0001_0001UL, WorkPrice.WorkOf(1));
        Assert.Equal(0x1_0001_0001UL / 2, WorkPrice.WorkOf(0.5m));
        Assert.Equal(UInt128.Parse("644254924950002288"), WorkPrice.WorkOf(150_000_000m));
    }

    [Fact]
    public void Of_esp32_at_mainnets_difficulty_earns_a_hundredth_of_a_millisatoshi()
    {
        WorkPrice price = WorkPrice.OfBlock(RewardMsat, WorkPrice.WorkOf(150_000_000_000_000));

        BoardDay day = BoardDay.Of(new BoardTerms(350_000, price, 0.5m, 0.30m, 90_000));

        Assert.Equal(14_668_106_729, day.EarnedPicoMsat);
        Assert.Equal(68_176, day.DaysPerSatoshi);
        Assert.Equal(12_000, day.MilliwattHours);
        Assert.Equal(3_600_000_000, day.CostPico);
        Assert.Equal(13_201, day.EarnedPico);
        Assert.Equal(4_000, day.CostMsat);
    }

    [Fact]
    public void Of_without_prices_leaves_their_figures_out()
    {
        BoardDay day = BoardDay.Of(new BoardTerms(0, WorkPrice.OfBlock(RewardMsat, 1), 1.25m));

        Assert.Equal((0, null, 30_000), (day.EarnedPicoMsat, day.DaysPerSatoshi, day.MilliwattHours));
        Assert.Equal((null, null, null), (day.CostPico, day.EarnedPico, day.CostMsat));
    }

    [Fact]
    public void Of_tariff_is_what_the_ledger_credits()
    {
        // Whatever the price: a day's pico-msat, floored to msat, is what the tariff owes for a day's hashes.
        Random random = new(4);
        for (int i = 0; i < 1_000; i++)
        {
            Tariff tariff = new((UInt128)random.NextInt64(1, 1_000_000_000_000_000_000));
            int rate = random.Next(1, 5_000_000);

            BoardDay day = BoardDay.Of(new BoardTerms(rate, WorkPrice.Of(tariff), 1));

            Assert.Equal((BigInteger)tariff.Due((Int128)rate * 86_400), day.EarnedPicoMsat / 1_000_000_000_000);
        }
    }

    [Fact]
    public void Of_rounding_is_never_in_the_boards_favour()
    {
        Random random = new(5);
        for (int i = 0; i < 1_000; i++)
        {
            (decimal rate, decimal watts) = (random.Next(1, 1_000_000) / 7m, random.Next(1, 10_000) / 997m);
            (decimal hour, decimal bitcoin) = (random.Next(1, 900) / 1_000m, random.Next(1_000, 200_000) / 3m);
            long work = random.NextInt64(1, 1L << 62);
            WorkPrice price = WorkPrice.OfBlock(random.NextInt64(1, RewardMsat), (UInt128)work);

            BoardDay day = BoardDay.Of(new BoardTerms(rate, price, watts, hour, bitcoin));

            Assert.True(day.EarnedPico <= day.EarnedPicoMsat * (BigInteger)Math.Ceiling(bitcoin) / 100_000_000_000 + 1);
            Assert.True(day.CostPico * 1_000 >= (BigInteger)(watts * 24 * hour * 1_000_000_000m) * 1_000);
            Assert.True(day.CostMsat * (BigInteger)Math.Ceiling(bitcoin) >= day.CostPico / 10);
        }
    }

    [Theory]
    [InlineData(-1, 1, 1, 1)]
    [InlineData(1, -1, 1, 1)]
    [InlineData(1, 1, -1, 1)]
    [InlineData(1, 1, 1, 0)]
    public void Of_number_out_of_range_is_refused(int rate, int watts, int hour, int bitcoin) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BoardDay.Of(
            new BoardTerms(rate, WorkPrice.OfBlock(1, 1), watts, hour, bitcoin)));
}
