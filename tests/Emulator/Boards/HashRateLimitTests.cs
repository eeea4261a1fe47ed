using MicroFirmware.Emulator.Boards;

namespace MicroFirmware.Emulator.Tests.Boards;

public class HashRateLimitTests
{
    [Fact]
    public void Hashes_are_paid_for_with_time()
    {
        var limit = new HashRateLimit(1000);
        limit.Spend(0, 500);

        Assert.Equal(2000, limit.Spend(0, 2000));
        Assert.Equal(5000, limit.Spend(2000, 3000));
    }

    [Fact]
    public void Idle_time_is_credited_up_to_half_a_second()
    {
        var limit = new HashRateLimit(1000);
        limit.Spend(0, 500);

        Assert.Equal(10_000, limit.Spend(10_000, 500));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public void A_board_that_obeys_reaches_its_rate_and_no_more(int slice)
    {
        const double Rate = 12_345;
        const long EndMs = 100_000;
        var limit = new HashRateLimit(Rate);
        long hashes = 0;
        for (long nowMs = 0; nowMs < EndMs; nowMs = Math.Max(nowMs, limit.Spend(nowMs, slice)))
        {
            hashes += slice;
        }

        Assert.InRange(hashes, Rate * EndMs / 1000, (Rate * (EndMs + 500) / 1000) + slice);
    }
}
