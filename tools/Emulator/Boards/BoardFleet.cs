namespace MicroFirmware.Emulator.Boards;

/// <summary>Virtual boards and the few threads that run them in real time.</summary>
public sealed class BoardFleet : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly BoardSchedule _schedule = new();
    private readonly BoardWorkers _workers;
    private readonly List<VirtualBoard> _boards = [];

    /// <summary>Starts the threads; boards are added afterwards.</summary>
    /// <param name="time">The clock of every board.</param>
    /// <param name="workers">How many threads, at least 1.</param>
    public BoardFleet(TimeProvider time, int workers)
    {
        _time = time;
        _workers = new BoardWorkers(_schedule, time, workers);
    }

    /// <summary>The boards, in the order they were added.</summary>
    public IReadOnlyList<VirtualBoard> Boards => _boards;

    /// <summary>Powers a board on.</summary>
    public VirtualBoard Add(VirtualBoardOptions options)
    {
        var board = new VirtualBoard(options, _time);
        _boards.Add(board);
        board.Place = _schedule.Add(board.Step);
        return board;
    }

    /// <summary>The first exception that took a board out of the schedule, and the board; null while all run.</summary>
    public (VirtualBoard Board, Exception Fault)? FindFault()
    {
        VirtualBoard? broken = _boards.Find(board => board.Place?.Fault is not null);
        return broken is null ? null : (broken, broken.Place!.Fault!);
    }

    /// <summary>Stops scanning on every board and waits until each share found has its verdict.</summary>
    /// <param name="timeout">Longest wait; shares without a verdict by then stay counted as outstanding.</param>
    public async Task DrainAsync(TimeSpan timeout)
    {
        foreach (VirtualBoard board in _boards)
        {
            board.HoldScanning();
        }

        Task settled = Task.WhenAll(_boards.Select(board => board.When(b => b.Outstanding <= 0)));
        try
        {
            await settled.WaitAsync(timeout, _time);
        }
        catch (TimeoutException)
        {
            // The caller reads what is outstanding.
        }
    }

    /// <summary>Stops the threads and powers every board off.</summary>
    public async ValueTask DisposeAsync()
    {
        _workers.Dispose();
        await Task.WhenAll(_boards.Select(board => board.DisposeAsync().AsTask()));
    }
}
