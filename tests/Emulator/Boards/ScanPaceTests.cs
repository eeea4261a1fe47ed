using MicroFirmware.Emulator.Boards;

namespace MicroFirmware.Emulator.Tests.Boards;

public class ScanPaceTests
{
    [Fact]
    public void Hashes_are_paid_for_with_time()
    {
        var pace = new ScanPace(1, 1000);
        pace.Spend(0, 0, 500);

        Assert.Equal(2000, pace.Spend(0, 0, 2000));
        Assert.Equal(5000, pace.Spend(2000, 0, 3000));
    }

    [Fact]
    public void Busy_time_is_paid_for_with_the_share_of_a_core()
    {
        var pace = new ScanPace(0.25, double.PositiveInfinity);
        pace.Spend(0, 125, 1);

        Assert.Equal(40, pace.Spend(0, 10, 1));
    }

    [Fact]
    public void The_stricter_limit_counts()
    {
        var pace = new ScanPace(0.5, 1000);
        pace.Spend(0, 250, 0);

        Assert.Equal(1000, pace.Spend(0, 10, 1000));
        Assert.Equal(3000, pace.Spend(1000, 1000, 10));
    }

    [Fact]
    public void Idle_time_is_credited_up_to_half_a_second()
    {
        var pace = new ScanPace(1, 1000);
        pace.Spend(0, 0, 500);

        Assert.Equal(10_000, pace.Spend(10_000, 0, 500));
    }

    [Fact]
    public void A_piece_of_work_costs_a_second_at_most()
    {
        Assert.Equal(10u, new ScanPace(1, 10).MostHashes);
        Assert.Equal(1u, new ScanPace(1, 0.01).MostHashes);

        var pace = new ScanPace(0.001, double.PositiveInfinity);
        Assert.Equal(uint.MaxValue, pace.MostHashes);
        pace.Spend(0, 4, 40);
        Assert.Equal(10u, pace.MostHashes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public void A_board_that_obeys_reaches_its_rate_and_no_more(uint slice)
    {
        const double Rate = 12_345;
        const long EndMs = 100_000;
        var pace = new ScanPace(1, Rate);
        ulong hashes = 0;
        for (long nowMs = 0; nowMs < EndMs; nowMs = Math.Max(nowMs, pace.Spend(nowMs, 0.01, slice)))
        {
            hashes += slice;
        }

        Assert.InRange(hashes, Rate * EndMs / 1000, (Rate * (EndMs + 500) / 1000) + slice);
    }
}
