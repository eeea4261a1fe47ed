using System.Buffers;
using System.IO.Pipelines;
using MicroFirmware.Bitcoin;
using MicroFirmware.Bitcoin.Stratum;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Jobs;
using Microsoft.AspNetCore.Connections;

namespace MicroFirmware.Gateway.Stratum;

/// <summary>One miner's connection, from the first line to its end. What changes is guarded by a lock: lines are read
/// by one thread, jobs and answers come from others.</summary>
internal sealed partial class StratumConnection
{
    private static readonly TimeSpan s_handshakeTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_lineTimeout = TimeSpan.FromSeconds(10);

    // Small miners say something every 30 s, and vardiff brings a share of anything that hashes long before this.
    private static readonly TimeSpan s_idleTimeout = TimeSpan.FromMinutes(15);

    private readonly StratumServer _server;
    private readonly ConnectionContext _transport;
    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private readonly Lock _sync = new();
    private readonly TimeSpan _opened;
    private TimeSpan _lastLine;
    private TimeSpan? _partialSince;
    private MistakeBudget _mistakes;
    private TaskCompletionSource? _resume;
    private int _closed;

    public StratumConnection(StratumServer server, ConnectionContext transport)
    {
        (_server, _transport) = (server, transport);
        (_input, _output) = (transport.Transport.Input, transport.Transport.Output);
        _opened = _lastLine = server.Clock.Now;
        _mistakes = new MistakeBudget(_opened);
    }

    /// <summary>Where the server keeps it in its list.</summary>
    public int Place { get; set; } = -1;

    /// <summary>Why it ended.</summary>
    public CloseCause Cause { get; private set; }

    /// <summary>A line has begun and not ended.</summary>
    public bool HasPartialLine
    {
        get
        {
            lock (_sync)
            {
                return _partialSince is not null;
            }
        }
    }

    private bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>Serves the connection to its end; does not throw.</summary>
    public async Task RunAsync()
    {
        try
        {
            await ReadLinesAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The transport's ways of saying that the miner is gone.
        }
        finally
        {
            Close(CloseCause.Lost);
            await EndWritingAsync();
            await _input.CompleteAsync();
            await _output.CompleteAsync();
            SignOff();
        }
    }

    /// <summary>Ends the connection; from any thread, any number of times, only the first counts.</summary>
    public void Close(CloseCause cause)
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
        {
            return;
        }

        Cause = cause;
        _input.CancelPendingRead();
        if (cause != CloseCause.Lost)
        {
            _transport.Abort(new ConnectionAbortedException($"Stratum: {cause}"));
        }

        Resume();
    }

    /// <summary>Closes it if it was silent or slow for too long, and eases the work of a miner that finds nothing.
    /// </summary>
    public void CheckTime(TimeSpan now)
    {
        lock (_sync)
        {
            if (now - _lastLine > s_idleTimeout)
            {
                Close(CloseCause.Idle);
            }
            else if (!IsMining && now - _opened > s_handshakeTimeout)
            {
                Close(CloseCause.NoHandshake);
            }
            else if (now - _partialSince > s_lineTimeout)
            {
                Close(CloseCause.SlowLine);
            }
            else if (IsMining && _shareWork.Tick(_server.ShareOptions, now))
            {
                Reissue();
            }
        }

        Flush();
    }

    private async Task ReadLinesAsync()
    {
        while (!IsClosed)
        {
            ReadResult result = await _input.ReadAsync();
            ReadOnlySequence<byte> buffer = result.Buffer;
            TakeLines(ref buffer, result.IsCompleted);
            _input.AdvanceTo(buffer.Start, MustWait ? buffer.Start : buffer.End);
            Flush();
            if (_authorize is { } authorize)
            {
                await AuthorizeAsync(authorize);
                Flush();
            }

            await WhenRoomAsync();
        }
    }

    /// <summary>Whether lines that have come must wait: for the store, or for the registration of their
    /// worker.</summary>
    private bool MustWait => _authorize is not null || _waitingShares >= MaxWaitingShares;

    /// <summary>Acts on every whole line, as far as the miner may be read from.</summary>
    private void TakeLines(ref ReadOnlySequence<byte> buffer, bool isLast)
    {
        TimeSpan now = _server.Clock.Now;
        ParseStatus status = ParseStatus.Done;
        bool any = false;
        while (!IsClosed && !MustWait
            && (status = StratumLine.TryTake(ref buffer, StratumLine.MaxRequest, out ReadOnlySequence<byte> line))
                == ParseStatus.Done)
        {
            any = true;
            Take(line, now);
        }

        if (status == ParseStatus.Invalid)
        {
            Close(CloseCause.LongLine);
        }
        else if (isLast && status == ParseStatus.NeedMore)
        {
            Close(CloseCause.Lost);
        }

        bool isPartial = status == ParseStatus.NeedMore && !buffer.IsEmpty;
        lock (_sync)
        {
            _lastLine = any ? now : _lastLine;
            _partialSince = !isPartial ? null : any ? now : _partialSince ?? now;
            if (_wantsReissue && IsMining)
            {
                Reissue();
            }
        }
    }

    private void Take(in ReadOnlySequence<byte> line, TimeSpan now)
    {
        if (line.IsSingleSegment)
        {
            Take(line.FirstSpan, now);
            return;
        }

        Span<byte> whole = stackalloc byte[(int)line.Length];
        line.CopyTo(whole);
        Take(whole, now);
    }

    private void Take(ReadOnlySpan<byte> line, TimeSpan now)
    {
        if (line.IsEmpty)
        {
            return;
        }

        if (StratumShare.TryRead(line, out StratumShare share))
        {
            TakeShare(share, now);
        }
        else
        {
            TakeRequest(line.ToArray(), now);
        }
    }

    /// <summary>A mistake costs; who makes too many is closed.</summary>
    private void CountMistake(TimeSpan now)
    {
        if (!_mistakes.TryTake(now))
        {
            Close(CloseCause.Mistakes);
        }
    }

    private async ValueTask WhenRoomAsync()
    {
        Task resumed;
        lock (_sync)
        {
            if (_waitingShares < MaxWaitingShares || IsClosed)
            {
                return;
            }

            _resume = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            resumed = _resume.Task;
        }

        await resumed;
    }

    private void Resume()
    {
        lock (_sync)
        {
            _resume?.TrySetResult();
            _resume = null;
        }
    }
}
