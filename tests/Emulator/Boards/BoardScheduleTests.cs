using MicroFirmware.Emulator.Boards;

namespace MicroFirmware.Emulator.Tests.Boards;

public class BoardScheduleTests
{
    private readonly BoardSchedule _schedule = new();

    [Fact]
    public void Boards_are_stepped_in_the_order_of_their_due_times()
    {
        var stepped = new List<(string Board, long NowMs)>();
        Add("slow", 30);
        Add("fast", 10);

        RunUntil(60);

        Assert.Equal(
            [
                ("slow", 0), ("fast", 0), ("fast", 10), ("fast", 20), ("slow", 30), ("fast", 30), ("fast", 40),
                ("fast", 50), ("slow", 60), ("fast", 60),
            ],
            stepped);

        void Add(string name, long periodMs) => _schedule.Add(nowMs =>
        {
            stepped.Add((name, nowMs));
            return nowMs + periodMs;
        });
    }

    [Fact]
    public void A_board_that_waits_is_stepped_only_when_woken()
    {
        int steps = 0;
        ScheduledBoard board = _schedule.Add(_ =>
        {
            steps++;
            return long.MaxValue;
        });

        RunUntil(1000);
        Assert.Equal(1, steps);

        board.Wake();
        board.Wake();
        RunUntil(2000);
        Assert.Equal(2, steps);
    }

    [Fact]
    public void A_board_woken_during_its_step_is_stepped_again_at_once()
    {
        int steps = 0;
        ScheduledBoard? board = null;
        board = _schedule.Add(_ =>
        {
            if (++steps == 1)
            {
                board!.Wake();
            }

            return long.MaxValue;
        });

        RunUntil(0);

        Assert.Equal(2, steps);
    }

    [Fact]
    public void A_woken_board_keeps_one_place_in_the_queue()
    {
        var times = new List<long>();
        ScheduledBoard board = _schedule.Add(nowMs =>
        {
            times.Add(nowMs);
            return nowMs + 100;
        });

        RunUntil(50);
        board.Wake();
        Assert.True(_schedule.TryStep(60, out _));
        RunUntil(300);

        Assert.Equal([0, 60, 160, 260], times);
    }

    [Fact]
    public void A_removed_board_is_not_stepped_even_if_woken()
    {
        int steps = 0;
        ScheduledBoard board = _schedule.Add(nowMs =>
        {
            steps++;
            return nowMs + 1;
        });

        board.Remove();
        board.Wake();
        RunUntil(10);

        Assert.Equal(0, steps);
    }

    [Fact]
    public void A_board_that_throws_leaves_the_schedule_and_the_others_go_on()
    {
        int steps = 0;
        ScheduledBoard broken = _schedule.Add(_ => throw new InvalidOperationException());
        _schedule.Add(nowMs =>
        {
            steps++;
            return nowMs + 1;
        });

        RunUntil(10);

        Assert.IsType<InvalidOperationException>(broken.Fault);
        Assert.Equal(11, steps);
    }

    [Fact]
    public void Workers_never_step_one_board_twice_at_once()
    {
        const int Boards = 50;
        const int StepsEach = 200;
        using var done = new CountdownEvent(Boards * StepsEach);
        int overlaps = 0;
        for (int i = 0; i < Boards; i++)
        {
            int inside = 0;
            int steps = 0;
            _schedule.Add(nowMs =>
            {
                if (Interlocked.Increment(ref inside) != 1)
                {
                    Interlocked.Increment(ref overlaps);
                }

                if (steps++ < StepsEach)
                {
                    done.Signal();
                }

                Interlocked.Decrement(ref inside);
                return steps < StepsEach ? nowMs : long.MaxValue;
            });
        }

        using var workers = new BoardWorkers(_schedule, TimeProvider.System, 4);
        Assert.True(done.Wait(TimeSpan.FromSeconds(30)), "the workers stopped stepping");
        Assert.Equal(0, overlaps);
    }

    [Fact]
    public void Workers_step_a_board_that_is_woken_while_they_sleep()
    {
        using var woken = new ManualResetEventSlim();
        using var firstStep = new ManualResetEventSlim();
        ScheduledBoard board = _schedule.Add(_ =>
        {
            (firstStep.IsSet ? woken : firstStep).Set();
            return long.MaxValue;
        });

        using var workers = new BoardWorkers(_schedule, TimeProvider.System, 1);
        Assert.True(firstStep.Wait(TimeSpan.FromSeconds(30)));
        board.Wake();
        Assert.True(woken.Wait(TimeSpan.FromSeconds(30)));
    }

    /// <summary>Virtual time: jumps from one due time to the next.</summary>
    private void RunUntil(long endMs)
    {
        long nowMs = 0;
        while (nowMs <= endMs)
        {
            if (!_schedule.TryStep(nowMs, out long nextDueMs))
            {
                nowMs = nextDueMs;
            }
        }
    }
}
