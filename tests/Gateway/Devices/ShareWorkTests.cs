using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;

namespace MicroFirmware.Gateway.Tests.Devices;

public sealed class ShareWorkTests
{
    private readonly ShareOptions _options = new();

    [Theory]
    [InlineData(200, 0)]
    [InlineData(26_500, 0)]
    [InlineData(855_000, 0)]
    [InlineData(50_000_000, 0)]
    [InlineData(200, 120)]
    [InlineData(855_000, 45)]
    [InlineData(855_000, 120)]
    public void Current_steady_device_comes_to_one_share_per_interval(double hashesPerSecond, int fetchSeconds)
    {
        Simulation device = new(_options, seed: 11, TimeSpan.FromSeconds(fetchSeconds));
        device.Run(hashesPerSecond, TimeSpan.FromMinutes(20));
        int shares = device.Run(hashesPerSecond, TimeSpan.FromHours(5));

        Assert.InRange(shares, 600 * 0.8, 600 * 1.25);
    }

    [Fact]
    public void Current_fast_device_at_the_start_is_found_within_a_few_dozen_shares()
    {
        Simulation device = new(_options, seed: 12);

        int shares = device.Run(855_000, TimeSpan.FromMinutes(2));

        Assert.InRange(shares, 1, 60);
    }

    [Fact]
    public void Tick_device_that_became_slow_is_asked_for_less_without_any_share()
    {
        Simulation device = new(_options, seed: 13);
        device.Run(855_000, TimeSpan.FromMinutes(10));
        ulong before = device.Work.Current;

        device.Run(0, TimeSpan.FromMinutes(30));

        Assert.InRange(device.Work.Current, _options.MinWork, before / 1000);
    }

    [Fact]
    public void Tick_silent_for_ever_stops_at_the_least_work()
    {
        Simulation device = new(_options, seed: 14);
        device.Run(0, TimeSpan.FromDays(1));

        Assert.Equal(_options.MinWork, device.Work.Current);
    }

    [Fact]
    public void Tick_device_that_keeps_its_old_work_is_not_lowered_for_its_silence_twice()
    {
        ShareWork work = new(_options, 1 << 20, TimeSpan.Zero);
        work.Assign();
        for (int second = 1; second <= 600; second++)
        {
            work.Tick(_options, TimeSpan.FromSeconds(second));
        }

        // Five intervals of silence allow a fifth of the work, however often they come.
        Assert.InRange(work.Current, (1UL << 20) / 6, (1UL << 20) / 4);
    }

    [Fact]
    public void Credit_beyond_all_bounds_stops_at_the_most_work()
    {
        ShareWork work = new(_options, 0, TimeSpan.Zero);
        for (int i = 1; i < 100; i++)
        {
            work.Credit(_options, _options.MaxWork, TimeSpan.FromMilliseconds(i));
        }

        Assert.Equal(_options.MaxWork, work.Current);
    }

    [Fact]
    public void Credit_queue_emptied_at_once_raises_by_a_bounded_step()
    {
        ShareWork work = new(_options, 1 << 20, TimeSpan.Zero);
        for (int i = 0; i < 4; i++)
        {
            work.Credit(_options, 1 << 20, TimeSpan.FromSeconds(1));
        }

        Assert.InRange(work.Current, 1UL << 21, 1UL << 24);
    }

    [Fact]
    public void Resume_time_away_does_not_count_as_silence()
    {
        ShareWork work = new(_options, 1 << 20, TimeSpan.Zero);

        work.Resume(TimeSpan.FromHours(10));

        Assert.False(work.Tick(_options, TimeSpan.FromHours(10) + TimeSpan.FromSeconds(59)));
        Assert.Equal(1UL << 20, work.Current);
    }

    [Fact]
    public void Credit_first_share_after_a_return_says_nothing_yet()
    {
        ShareWork work = new(_options, 1 << 20, TimeSpan.Zero);
        work.Assign();
        TimeSpan back = TimeSpan.FromHours(10);
        work.Resume(back);

        work.Credit(_options, 1 << 20, back + (_options.Interval * 2));

        // One share in two intervals: at most half the speed.
        Assert.InRange(work.Current, 1UL << 19, 1UL << 20);
    }

    [Fact]
    public void Credit_first_share_after_long_silence_does_not_lower_to_the_least()
    {
        ShareWork work = new(_options, 1 << 20, TimeSpan.Zero);
        work.Assign();
        work.Tick(_options, _options.Interval * 5);
        ulong lowered = work.Current;

        work.Credit(_options, 1 << 20, _options.Interval * 8);

        Assert.InRange(work.Current, lowered, 1UL << 24);
    }

    [Fact]
    public void Skip_time_in_which_the_gateway_stood_still_is_not_silence()
    {
        ShareWork work = new(_options, 1 << 20, TimeSpan.Zero);
        work.Assign();
        TimeSpan stall = TimeSpan.FromMinutes(20);

        work.Skip(stall, stall);

        Assert.False(work.Tick(_options, stall + TimeSpan.FromSeconds(1)));
        Assert.Equal(1UL << 20, work.Current);
    }

    [Fact]
    public void Skip_never_moves_a_time_beyond_now()
    {
        ShareWork work = new(_options, 1 << 20, TimeSpan.Zero);
        TimeSpan now = TimeSpan.FromSeconds(100);
        work.Credit(_options, 1 << 20, now);

        work.Skip(TimeSpan.FromSeconds(90), now);

        work.Tick(_options, now + (_options.Interval * 2));
        Assert.InRange(work.Current, 1UL << 18, 1UL << 20);
    }

    [Fact]
    public void Constructor_known_work_is_kept_within_bounds()
    {
        Assert.Equal(_options.StartWork, new ShareWork(_options, 0, TimeSpan.Zero).Current);
        Assert.Equal(123_456UL, new ShareWork(_options, 123_456, TimeSpan.Zero).Current);
        Assert.Equal(_options.MinWork, new ShareWork(_options, 1, TimeSpan.Zero).Current);
        Assert.Equal(_options.MaxWork, new ShareWork(_options, ulong.MaxValue, TimeSpan.Zero).Current);
    }

    /// <summary>
    /// A board on virtual time: shares as a Poisson process, a tick a second, work fetched every so often.
    /// </summary>
    private sealed class Simulation(ShareOptions options, int seed, TimeSpan fetchEvery = default)
    {
        private readonly Random _random = new(seed);
        private TimeSpan _now;
        private TimeSpan _fetched;
        private ulong _work = options.StartWork;

        public ShareWork Work = new(options, 0, TimeSpan.Zero);

        public int Run(double hashesPerSecond, TimeSpan length)
        {
            TimeSpan end = _now + length;
            int shares = 0;
            TimeSpan share = NextShare(hashesPerSecond);
            while (_now < end)
            {
                TimeSpan tick = TimeSpan.FromSeconds(Math.Floor(_now.TotalSeconds) + 1);
                bool isShare = share < tick;
                _now = isShare ? share : tick;
                _ = isShare ? Work.Credit(options, _work, _now) : Work.Tick(options, _now);
                shares += isShare ? 1 : 0;
                share = Fetch() || isShare ? NextShare(hashesPerSecond) : share;
            }

            return shares;
        }

        private bool Fetch()
        {
            if (_now - _fetched < fetchEvery)
            {
                return false;
            }

            ulong before = _work;
            (_fetched, _work) = (_now, Work.Assign());
            return _work != before;
        }

        // The wait for a share has no memory, so that it may be drawn anew whenever the work changes.
        private TimeSpan NextShare(double hashesPerSecond)
        {
            double seconds = -Math.Log(1 - _random.NextDouble()) * _work / hashesPerSecond;
            return seconds < 1e9 ? _now + TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
        }
    }
}
