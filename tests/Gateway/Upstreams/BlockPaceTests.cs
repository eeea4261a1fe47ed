using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Gateway.Tests.Upstreams;

public class BlockPaceTests
{
    private static readonly TimeSpan s_blockTime = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_tooLong = TimeSpan.FromSeconds(30);

    [Fact]
    public void Work_is_held_and_then_halved_every_second()
    {
        BlockPace pace = new(s_blockTime);
        Assert.Equal(BlockPace.FirstWork, pace.WorkAfter(TimeSpan.Zero));
        Assert.Equal(BlockPace.FirstWork, pace.WorkAfter(TimeSpan.FromSeconds(3.99)));
        Assert.Equal(BlockPace.FirstWork / 2, pace.WorkAfter(TimeSpan.FromSeconds(4)));
        Assert.Equal(BlockPace.FirstWork / 4, pace.WorkAfter(TimeSpan.FromSeconds(5.5)));
        Assert.Equal(BlockPace.LeastWork, pace.WorkAfter(TimeSpan.FromDays(400)));
    }

    [Fact]
    public void Work_follows_the_proven_rate_in_steps_of_four()
    {
        BlockPace pace = new(s_blockTime);
        pace.Found(BlockPace.FirstWork, TimeSpan.FromMilliseconds(10), provenRate: 1e8);
        Assert.Equal(4 * BlockPace.FirstWork, pace.WorkAfter(TimeSpan.Zero));
        pace.Found(BlockPace.FirstWork, TimeSpan.FromSeconds(3), provenRate: 1);
        Assert.Equal(BlockPace.FirstWork / 4, pace.WorkAfter(TimeSpan.Zero));
        pace.Found(1_000_000, TimeSpan.FromSeconds(3), provenRate: 300_000);
        Assert.Equal(1_200_000UL, pace.WorkAfter(TimeSpan.Zero));
        pace.Resume(5_000);
        Assert.Equal(5_000UL, pace.WorkAfter(TimeSpan.Zero));
    }

    [Fact]
    public void Work_stays_within_its_bounds()
    {
        BlockPace pace = new(s_blockTime);
        pace.Resume(0);
        Assert.Equal(BlockPace.LeastWork, pace.WorkAfter(TimeSpan.Zero));
        pace.Found(BlockPace.LeastWork, TimeSpan.Zero, provenRate: 1e-9);
        Assert.Equal(BlockPace.LeastWork, pace.WorkAfter(TimeSpan.Zero));
        pace.Found(ulong.MaxValue, TimeSpan.FromSeconds(3), provenRate: double.MaxValue);
        Assert.Equal(BlockPace.MostWork, pace.WorkAfter(TimeSpan.Zero));
    }

    /// <summary>The exponents that <see cref="BlockPace"/>'s comment names: expected blocks in 30 s.</summary>
    [Theory]
    [InlineData(1e3, 1e3, 4_506)]
    [InlineData(1e3, 10, 45)]
    [InlineData(0, 1e3, 2_500)]
    [InlineData(1e5, 1e3, 2_827)]
    [InlineData(1e8, 1e6, 335_544)]
    [InlineData(1e8, 1e8, 33_554_432)]
    [InlineData(0, 1e8, 250_000_190)]
    public void Expected_blocks_in_30_s_leave_no_chance_of_none(double proven, double rate, double atLeast)
    {
        BlockPace pace = new(s_blockTime);
        if (proven > 0)
        {
            pace.Resume((ulong)(proven * 4));
        }

        Assert.True(pace.EffortAfter(s_tooLong) * rate >= atLeast, $"{pace.EffortAfter(s_tooLong) * rate}");
    }

    /// <summary>Ten minutes of virtual time for fleets of all sizes, from a cold start; the rate drops to a hundredth
    /// after five. Boards hear of an eased target half a second late.</summary>
    [Theory]
    [InlineData(1e3)]
    [InlineData(1e4)]
    [InlineData(1e5)]
    [InlineData(1e6)]
    [InlineData(1e7)]
    [InlineData(1e8)]
    public void Simulated_fleets_are_never_30_s_without_a_block(double rate)
    {
        foreach (Meter meter in Enum.GetValues<Meter>())
        {
            for (int seed = 0; seed < 40; seed++)
            {
                Simulation run = new(rate, meter, seed);
                run.Run();
                Assert.True(run.LongestGap < s_tooLong, $"{rate} H/s, {meter}, seed {seed}: {run.LongestGap}");
            }
        }
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(1e5)]
    [InlineData(1e8)]
    public void Simulated_blocks_come_about_every_3_s(double rate)
    {
        foreach (Meter meter in new[] { Meter.Late, Meter.Silent })
        {
            int blocks = 0;
            for (int seed = 0; seed < 40; seed++)
            {
                Simulation run = new(rate, meter, seed);
                run.Run();
                blocks += run.BlocksWhileSteady;
            }

            double mean = 40 * Simulation.SteadySeconds / blocks;
            Assert.True(mean is > 2.3 and < 3.7, $"{rate} H/s, {meter}: a block every {mean:0.00} s");
        }
    }

    /// <summary>What the chain is told of the rate.</summary>
    private enum Meter
    {
        /// <summary>The mean of the last 30 s, off by up to a factor of 1.5.</summary>
        Late,

        /// <summary>Nothing, ever.</summary>
        Silent,

        /// <summary>A hundred times too much.</summary>
        Boasting,
    }

    /// <summary>Hashes as a Poisson process on virtual time.</summary>
    private sealed class Simulation(double rate, Meter meter, int seed)
    {
        public const double SteadySeconds = 200;

        private const double Step = 0.05;
        private const int StepsLate = 10;
        private const int WindowSteps = 600;

        private readonly Random _random = new(seed);
        private readonly BlockPace _pace = new(s_blockTime);
        private readonly Queue<double> _window = [];

        public TimeSpan LongestGap { get; private set; }

        public int BlocksWhileSteady { get; private set; }

        public void Run()
        {
            double last = 0;
            double luck = Luck();
            for (double now = 0; now < 600; now += Step)
            {
                double current = now < 300 ? rate : rate / 100;
                Measure(current);
                TimeSpan since = TimeSpan.FromSeconds(now - last);
                ulong work = _pace.WorkAfter(TimeSpan.FromSeconds(Math.Max(0, now - last - (StepsLate * Step))));
                luck -= current * Step / work;
                LongestGap = since > LongestGap ? since : LongestGap;
                if (luck > 0)
                {
                    continue;
                }

                _pace.Found(work, since, Told());
                (last, luck) = (now, Luck());
                BlocksWhileSteady += now is >= 100 and < 100 + SteadySeconds ? 1 : 0;
            }
        }

        private double Luck() => -Math.Log(1 - _random.NextDouble());

        private void Measure(double current)
        {
            _window.Enqueue(current);
            if (_window.Count > WindowSteps)
            {
                _window.Dequeue();
            }
        }

        private double Told() => meter switch
        {
            Meter.Late => _window.Average() * Math.Pow(1.5, (2 * _random.NextDouble()) - 1),
            Meter.Boasting => _window.Average() * 100,
            _ => 0,
        };
    }
}
