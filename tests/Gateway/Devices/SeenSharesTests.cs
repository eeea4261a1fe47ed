using MicroFirmware.Gateway.Devices;

namespace MicroFirmware.Gateway.Tests.Devices;

public sealed class SeenSharesTests
{
    private SeenShares _seen;

    [Fact]
    public void Contains_nothing_seen_is_false() => Assert.False(_seen.Contains(0));

    [Fact]
    public void Contains_sequence_that_came_is_true_and_its_neighbours_are_not()
    {
        _seen.Add(1UL << 32);
        _seen.Add((1UL << 32) + 2);

        Assert.True(_seen.Contains(1UL << 32));
        Assert.False(_seen.Contains((1UL << 32) + 1));
        Assert.True(_seen.Contains((1UL << 32) + 2));
        Assert.False(_seen.Contains((1UL << 32) + 3));
    }

    [Fact]
    public void Contains_older_than_the_window_is_unknown()
    {
        _seen.Add(100);
        _seen.Add(100 + SeenShares.Width);

        Assert.Null(_seen.Contains(100));
        Assert.False(_seen.Contains(101));
    }

    [Fact]
    public void Add_late_sequence_fills_its_gap()
    {
        _seen.Add(10);
        _seen.Add(8);

        Assert.True(_seen.Contains(8));
        Assert.False(_seen.Contains(9));
    }

    [Fact]
    public void Add_random_order_agrees_with_a_set()
    {
        Random random = new(20260);
        HashSet<ulong> all = [];
        ulong highest = 0;
        for (int i = 0; i < 10_000; i++)
        {
            ulong sequence = (ulong)Math.Max(0, (i / 2) + random.Next(-80, 80));
            bool? seen = _seen.Contains(sequence);
            bool tooOld = all.Count > 0 && highest >= sequence && highest - sequence >= SeenShares.Width;
            Assert.Equal(tooOld ? null : all.Contains(sequence), seen);
            _seen.Add(sequence);
            if (!tooOld)
            {
                all.Add(sequence);
            }

            highest = Math.Max(highest, sequence);
        }
    }
}
