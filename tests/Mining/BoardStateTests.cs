using MicroFirmware.Mining.Tests.Rig;
using MicroFirmware.Slots;

namespace MicroFirmware.Mining.Tests;

public class BoardStateTests
{
    private readonly VirtualBoard _board = new();

    [Fact]
    public void Numbers_stored_are_there_after_a_restart()
    {
        BoardState state = new(_board);
        Assert.True(state.SetBootCount(7));
        Assert.True(state.SetCommandCounter(0x1122334455667788));
        BoardState again = new(_board);
        Assert.Equal((7u, 0x1122334455667788ul), (again.BootCount, again.CommandCounter));
    }

    [Fact]
    public void Write_torn_at_any_octet_leaves_the_numbers_before_it()
    {
        new BoardState(_board).SetBootCount(1);
        new BoardState(_board).SetBootCount(2);
        byte[] first = [.. _board.Content(BoardState.FirstFile)!];
        new BoardState(_board).SetBootCount(3);
        byte[] second = [.. _board.Content(BoardState.SecondFile)!];
        for (int length = 0; length < BoardState.Length; length++)
        {
            _board.Write(BoardState.FirstFile, first);
            _board.Write(BoardState.SecondFile, second[..length]);
            Assert.Equal(2u, new BoardState(_board).BootCount);
            byte[] half = [.. second[..length], .. first[length..]];
            _board.Write(BoardState.SecondFile, half);
            Assert.InRange(new BoardState(_board).BootCount, 2u, 3u);
        }
    }

    [Fact]
    public void File_with_any_bit_flipped_is_not_read()
    {
        new BoardState(_board).SetBootCount(9);
        byte[] content = [.. _board.Content(BoardState.SecondFile)!];
        for (int bit = 0; bit < content.Length * 8; bit++)
        {
            byte[] changed = [.. content];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            _board.Write(BoardState.SecondFile, changed);
            Assert.Equal(0u, new BoardState(_board).BootCount);
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
            Counters counters = new(new BoardState(_board));
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
        Counters fresh = new(new BoardState(_board));
        Assert.Equal((false, 0ul), (fresh.IsCertain, fresh.NextRequest()));
        Assert.True(fresh.RaiseAbove(0));
        Assert.Equal((1ul << 32) | 1, fresh.NextRequest());
        Assert.True(new Counters(new BoardState(_board)).IsCertain);
        _board.CanWrite = false;
        Assert.False(new Counters(new BoardState(_board)).IsCertain);
        _board.CanWrite = true;
        _board.Write(BoardState.FirstFile, [1, 2, 3]);
        Assert.False(new Counters(new BoardState(_board)).IsCertain);
    }

    [Fact]
    public void Counters_of_a_run_that_could_not_store_are_above_the_next_runs()
    {
        new Counters(new BoardState(_board)).RaiseAbove(0);
        _board.CanWrite = false;
        Counters unstored = new(new BoardState(_board));
        Assert.True(unstored.RaiseAbove((1ul << 32) | 1));
        ulong floor = unstored.NextRequest();
        _board.CanWrite = true;
        Counters next = new(new BoardState(_board));
        Assert.True(next.IsCertain && next.NextRequest() < floor);
        Assert.True(next.RaiseAbove(floor));
        Assert.True(next.NextShare() > (floor | uint.MaxValue));
    }

    [Fact]
    public void Counters_raised_above_a_floor_stay_above_it_after_a_restart()
    {
        Counters counters = new(new BoardState(_board));
        Assert.True(counters.RaiseAbove((41ul << 32) | 5));
        Assert.True(counters.NextRequest() > ((41ul << 32) | 5));
        Assert.True(counters.NextShare() > ((41ul << 32) | 5));
        Assert.True(new Counters(new BoardState(_board)).NextRequest() > (42ul << 32 | uint.MaxValue));
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
