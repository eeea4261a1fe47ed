using MicroFirmware.Mining.Tests.Rig;
using MicroFirmware.Rigs;
using MicroFirmware.Slots;

namespace MicroFirmware.Mining.Tests;

public class BoardStateTests
{
    private readonly VirtualDrive _drive = new();

    [Fact]
    public void Numbers_stored_are_there_after_a_restart()
    {
        BoardState state = new(_drive);
        Assert.True(state.SetBootCount(7));
        Assert.True(state.SetCommandCounter(0x1122334455667788));
        BoardState again = new(_drive);
        Assert.Equal((7u, 0x1122334455667788ul), (again.BootCount, again.CommandCounter));
    }

    [Fact]
    public void Write_torn_at_any_octet_leaves_the_numbers_before_it()
    {
        new BoardState(_drive).SetBootCount(1);
        new BoardState(_drive).SetBootCount(2);
        byte[] first = [.. _drive[BoardState.FirstFile]!];
        new BoardState(_drive).SetBootCount(3);
        byte[] second = [.. _drive[BoardState.SecondFile]!];
        for (int length = 0; length < BoardState.Length; length++)
        {
            _drive.Write(BoardState.FirstFile, first);
            _drive.Write(BoardState.SecondFile, second[..length]);
            Assert.Equal(2u, new BoardState(_drive).BootCount);
            byte[] half = [.. second[..length], .. first[length..]];
            _drive.Write(BoardState.SecondFile, half);
            Assert.InRange(new BoardState(_drive).BootCount, 2u, 3u);
        }
    }

    [Fact]
    public void File_with_any_bit_flipped_is_not_read()
    {
        new BoardState(_drive).SetBootCount(9);
        byte[] content = [.. _drive[BoardState.SecondFile]!];
        for (int bit = 0; bit < content.Length * 8; bit++)
        {
            byte[] changed = [.. content];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            _drive.Write(BoardState.SecondFile, changed);
            Assert.Equal(0u, new BoardState(_drive).BootCount);
        }
    }

    [Fact]
    public void Checksum_is_the_standards()
    {
        Assert.Equal(0xcbf43926, Crc32.Of("123456789"u8.ToArray(), 9));
    }

    [Fact]
    public void Counters_grow_over_restarts_without_a_clock()
    {
        ulong last = 0;
        for (int boot = 0; boot < 5; boot++)
        {
            Counters counters = new(new BoardState(_drive));
            Assert.Equal(boot > 0, counters.IsCertain);
            Assert.True(counters.RaiseAbove(last));
            for (int i = 0; i < 3; i++)
            {
                ulong next = counters.NextRequest();
                Assert.True(next > last);
                last = next;
            }
        }
    }

    [Fact]
    public void Counters_that_are_not_certain_ask_with_zero_until_the_floor_is_known()
    {
        Counters fresh = new(new BoardState(_drive));
        Assert.Equal((false, 0ul), (fresh.IsCertain, fresh.NextRequest()));
        Assert.True(fresh.RaiseAbove(0));
        Assert.Equal((1ul << 32) | 1, fresh.NextRequest());
        Assert.True(new Counters(new BoardState(_drive)).IsCertain);
        _drive.IsBroken = true;
        Assert.False(new Counters(new BoardState(_drive)).IsCertain);
        _drive.IsBroken = false;
        _drive.Write(BoardState.FirstFile, [1, 2, 3]);
        Assert.False(new Counters(new BoardState(_drive)).IsCertain);
    }

    [Fact]
    public void Counters_of_a_run_that_could_not_store_are_above_the_next_runs()
    {
        new Counters(new BoardState(_drive)).RaiseAbove(0);
        _drive.IsBroken = true;
        Counters unstored = new(new BoardState(_drive));
        Assert.True(unstored.RaiseAbove((1ul << 32) | 1));
        ulong floor = unstored.NextRequest();
        _drive.IsBroken = false;
        Counters next = new(new BoardState(_drive));
        Assert.True(next.IsCertain && next.NextRequest() < floor);
        Assert.True(next.RaiseAbove(floor));
        Assert.True(next.NextShare() > (floor | uint.MaxValue));
    }

    [Fact]
    public void Counters_raised_above_a_floor_stay_above_it_after_a_restart()
    {
        Counters counters = new(new BoardState(_drive));
        Assert.True(counters.RaiseAbove((41ul << 32) | 5));
        Assert.True(counters.NextRequest() > ((41ul << 32) | 5));
        Assert.True(counters.NextShare() > ((41ul << 32) | 5));
        Assert.True(new Counters(new BoardState(_drive)).NextRequest() > (42ul << 32 | uint.MaxValue));
        Assert.False(counters.RaiseAbove(ulong.MaxValue));
    }

    [Fact]
    public void Backoff_grows_to_its_bound_and_never_beyond()
    {
        Backoff backoff = new(new JitterSource(5));
        int ceiling = Backoff.FirstMs;
        for (int i = 0; i < 20; i++)
        {
            Assert.InRange(backoff.Next(), ceiling / 2, ceiling);
            ceiling = Math.Min(ceiling * 2, Backoff.LongestMs);
        }

        backoff.Reset();
        Assert.InRange(backoff.Next(), Backoff.FirstMs / 2, Backoff.FirstMs);
    }

    [Fact]
    public void Jitter_of_different_seeds_differs_and_of_the_same_seed_does_not()
    {
        int[] first = Take(1);
        Assert.Equal(first, Take(1));
        Assert.NotEqual(first, Take(2));
        Assert.All(Take(0), v => Assert.InRange(v, 0, 99));

        static int[] Take(uint seed)
        {
            JitterSource source = new(seed);
            return [.. Enumerable.Range(0, 20).Select(_ => source.Below(100))];
        }
    }
}
