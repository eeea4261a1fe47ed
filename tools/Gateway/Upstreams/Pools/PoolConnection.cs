using System.Buffers;
using System.IO.Pipelines;
using MicroFirmware.Bitcoin;
using MicroFirmware.Bitcoin.Stratum;

namespace MicroFirmware.Gateway.Upstreams.Pools;

/// <summary>A <see cref="PoolSession"/> on a stream. Safe for use by many threads.</summary>
internal sealed class PoolConnection
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(250);

    private readonly Stream _stream;
    private readonly PoolSession _session;
    private readonly TimeProvider _time;
    private readonly long _began;

    // Shares that wait are bounded, so what waits to be written is too.
    private readonly Pipe _output = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Lock _lock = new();
    private volatile string? _problem;

    public PoolConnection(Stream stream, PoolSession session, TimeProvider time) =>
        (_stream, _session, _time, _began) = (stream, session, time, time.GetTimestamp());

    /// <summary>Talks until the connection ends. Does not throw but for a programmer's error.</summary>
    /// <param name="onTemplate">New work, and when its line had arrived; one at a time, in order.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Why it ended: a problem, or where the pool wants to be reached.</returns>
    public async Task<PoolNews> RunAsync(Action<BlockTemplate, long> onTemplate, CancellationToken stop)
    {
        await using CancellationTokenRegistration ending = stop.Register(_stream.Dispose);
        Task writing = WriteAsync();
        Speak(output => _session.Begin(Now, output));
        await using ITimer timer = _time.CreateTimer(_ => Tick(), null, s_tick, s_tick);
        PoolNews end = await ReadAsync(onTemplate);
        Speak(_ => _session.Close());
        await _output.Writer.CompleteAsync();
        await _stream.DisposeAsync();
        await writing;
        return end;
    }

    /// <summary>Sends a share; null where nothing was sent.</summary>
    public Task<PoolShareOutcome>? TrySubmit(PoolShare share) =>
        Speak(output => _session.TrySubmit(share, Now, output));

    private TimeSpan Now => _time.GetElapsedTime(_began);

    private void Speak(Action<IBufferWriter<byte>> action) => Speak<object?>(output =>
    {
        action(output);
        return null;
    });

    /// <summary>Does something with the session, and sends what that wrote.</summary>
    private T Speak<T>(Func<IBufferWriter<byte>, T> action)
    {
        lock (_lock)
        {
            ArrayBufferWriter<byte> lines = new();
            T result = action(lines);
            if (lines.WrittenCount > 0)
            {
                // Without a threshold this never waits.
                _ = _output.Writer.WriteAsync(lines.WrittenMemory);
            }

            return result;
        }
    }

    private void Tick()
    {
        if (Speak(output => _session.Tick(Now, output)) is { } problem)
        {
            _problem = problem;
            _stream.Dispose();
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await _output.Reader.CopyToAsync(_stream);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The reading side hears of it too, and says why.
        }
        finally
        {
            await _output.Reader.CompleteAsync();
        }
    }

    private async Task<PoolNews> ReadAsync(Action<BlockTemplate, long> onTemplate)
    {
        PipeReader reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            while (true)
            {
                ReadResult read = await reader.ReadAsync();
                long arrived = _time.GetTimestamp();
                ReadOnlySequence<byte> rest = read.Buffer;
                if (TakeLines(ref rest, arrived, onTemplate) is { } end)
                {
                    return end;
                }

                reader.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted)
                {
                    return new PoolNews(Problem: _problem ?? "It closed the connection.");
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return new PoolNews(Problem: _problem ?? $"The connection broke: {e.Message}");
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    /// <summary>Takes every whole line; what ends the talk where one does.</summary>
    private PoolNews? TakeLines(
        ref ReadOnlySequence<byte> rest, long arrived, Action<BlockTemplate, long> onTemplate)
    {
        while (true)
        {
            switch (StratumLine.TryTake(ref rest, StratumLine.MaxMessage, out ReadOnlySequence<byte> line))
            {
                case ParseStatus.NeedMore:
                    return null;
                case ParseStatus.Invalid:
                    return new PoolNews(Problem: $"It sends lines of more than {StratumLine.MaxMessage} octets.");
            }

            if (line.IsEmpty)
            {
                continue;
            }

            if (!StratumMessageReader.TryRead(line.ToArray(), out StratumMessage? message, out string problem))
            {
                return new PoolNews(Problem: $"It does not speak Stratum: {problem}");
            }

            PoolNews news = Speak(output => _session.Read(message!, Now, output));
            if (news.Template is { } template)
            {
                // Not under the lock: whoever hears of it may ask for the lock of somebody who asks for ours.
                onTemplate(template, arrived);
            }
            else if (news.Problem is not null || news.Reconnect is not null)
            {
                return news;
            }
        }
    }
}
