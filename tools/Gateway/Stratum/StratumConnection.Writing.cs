using System.Buffers;
using System.IO.Pipelines;

namespace MicroFirmware.Gateway.Stratum;

/// <content>The way out. One flush at a time; what is written meanwhile waits, up to a bound.</content>
internal sealed partial class StratumConnection
{
    /// <summary>Octets that wait for a miner that does not read, before it is closed.</summary>
    private const int MaxBacklog = 32 * 1024;

    private ArrayBufferWriter<byte>? _backlog;
    private bool _isFlushing;
    private bool _hasOutput;
    private bool _isDone;
    private TaskCompletionSource? _flushEnded;

    /// <summary>The batch in which this connection waits to be flushed.</summary>
    public long BatchStamp { get; set; }

    /// <summary>Sends what was written, unless somebody is at it already. Does not block and does not throw.</summary>
    public void Flush()
    {
        while (TryBeginFlush(out ValueTask<FlushResult> flush))
        {
            if (!flush.IsCompletedSuccessfully)
            {
                _ = EndFlushAsync(flush);
                return;
            }

            EndFlush(flush.Result);
        }
    }

    /// <summary>Ends writing: the transport takes its buffers back when the connection is served.</summary>
    private Task EndWritingAsync()
    {
        lock (_sync)
        {
            _isDone = true;
            if (!_isFlushing)
            {
                return Task.CompletedTask;
            }

            _flushEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _flushEnded.Task;
        }
    }

    /// <summary>Room for a line; under the lock. <see cref="Written"/> follows.</summary>
    private Span<byte> Room(int octets) => Writer.GetSpan(octets);

    private void Written(int octets)
    {
        Writer.Advance(octets);
        _hasOutput = true;
        if (_backlog?.WrittenCount > MaxBacklog)
        {
            Close(CloseCause.TooSlow);
        }
    }

    private void Write(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Room(octets.Length));
        Written(octets.Length);
    }

    /// <summary>While a flush runs the transport's writer must be left alone.</summary>
    private IBufferWriter<byte> Writer =>
        _isFlushing || _backlog is not null ? _backlog ??= new ArrayBufferWriter<byte>(512) : _output;

    private bool TryBeginFlush(out ValueTask<FlushResult> flush)
    {
        flush = default;
        lock (_sync)
        {
            if (_isFlushing || !_hasOutput || _isDone)
            {
                return false;
            }

            if (_backlog is { WrittenCount: > 0 } backlog)
            {
                _output.Write(backlog.WrittenSpan);
                _backlog = null;
            }

            (_isFlushing, _hasOutput) = (true, false);
            try
            {
                flush = _output.FlushAsync();
                return true;
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                _isFlushing = false;
                Close(CloseCause.Lost);
                return false;
            }
        }
    }

    private void EndFlush(FlushResult result)
    {
        lock (_sync)
        {
            _isFlushing = false;
            _flushEnded?.TrySetResult();
        }

        if (result.IsCompleted || result.IsCanceled)
        {
            Close(CloseCause.Lost);
        }
    }

    private async Task EndFlushAsync(ValueTask<FlushResult> flush)
    {
        FlushResult result;
        try
        {
            result = await flush;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            result = new FlushResult(isCanceled: true, isCompleted: true);
        }

        EndFlush(result);
        Flush();
    }
}
