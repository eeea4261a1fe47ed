using MicroFirmware.Gateway.Devices;

namespace MicroFirmware.Gateway.Tests.Devices;

public sealed class RateWindowTests
{
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(100);
    private readonly RateWindow _window = new(s_length, TimeSpan.FromSeconds(50));

    [Fact]
    public void HashesPerSecond_no_time_passed_is_zero() => Assert.Equal(0, _window.HashesPerSecond(Seconds(50)));

    [Fact]
    public void HashesPerSecond_window_not_full_is_taken_since_the_start()
    {
        _window.Add(1000, Seconds(55));

        Assert.Equal(100, _window.HashesPerSecond(Seconds(60)), 6);
    }

    [Fact]
    public void HashesPerSecond_steady_work_is_its_rate_within_one_slot()
    {
        for (int second = 51; second <= 500; second++)
        {
            _window.Add(7000, Seconds(second));
        }

        Assert.InRange(_window.HashesPerSecond(Seconds(500)), 6900, 7400);
        Assert.InRange(_window.Shares(Seconds(500)), 95, 100);
    }

    [Fact]
    public void ProvingShares_of_one_size_are_all_of_them()
    {
        for (int second = 51; second <= 90; second++)
        {
            _window.Add(7000, Seconds(second));
        }

        Assert.Equal(40, _window.ProvingShares(Seconds(90)), 6);
    }

    [Fact]
    public void ProvingShares_of_a_few_large_ones_among_many_small_ones_are_the_few()
    {
        for (int second = 51; second <= 90; second++)
        {
            _window.Add(1, Seconds(second));
        }

        _window.Add(1_000_000, Seconds(91));
        _window.Add(1_000_000, Seconds(92));

        Assert.InRange(_window.ProvingShares(Seconds(92)), 2, 2.01);
        Assert.Equal(42, _window.Shares(Seconds(92)));
        Assert.Equal(0, _window.ProvingShares(Seconds(300)));
    }

    [Fact]
    public void HashesPerSecond_after_a_window_of_silence_is_zero()
    {
        _window.Add(1_000_000, Seconds(60));

        Assert.Equal(0, _window.HashesPerSecond(Seconds(161)));
    }

    [Fact]
    public void Sums_are_those_of_the_shares_in_the_window_whatever_comes_when()
    {
        const int Seed = 7;
        Random random = new(Seed);
        List<(long AtMs, ulong Work)> shares = [];
        long nowMs = 50_000;
        for (int i = 0; i < 2_000; i++)
        {
            nowMs += random.Next(1, i % 100 == 0 ? 150_000 : 2_000);
            shares.Add((nowMs, (ulong)random.NextInt64(1, 1L << 52)));
            TimeSpan now = TimeSpan.FromMilliseconds(nowMs);
            _window.Add(shares[^1].Work, now);

            // A slot is a twentieth of the window; the newest one is not over.
            long oldestMs = Math.Max(50_000, ((nowMs / 5_000) - 19) * 5_000);
            (long AtMs, ulong Work)[] counted = [.. shares.Where(share => share.AtMs >= oldestMs)];
            double rate = counted.Sum(share => (double)share.Work) * 1_000 / (nowMs - oldestMs);
            Assert.Equal(counted.Length, _window.Shares(now));
            Assert.Equal(1, _window.HashesPerSecond(now) / rate, 1e-9);
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
