using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Storage;
using MicroFirmware.TimeSeries;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Series;

/// <summary>
/// Reads every device once a minute, when the minute is over, and once more at the end. Shares do not know of it: what
/// they proved is in the devices' totals. Minutes that cannot be written wait, for an hour at most.
/// </summary>
internal sealed class SeriesSampler(
    SeriesStore store, DeviceRegistry registry, IUpstream upstream, TimeProvider time, ILogger<SeriesSampler> log)
    : IDisposable
{
    private const int MaxWaiting = 60;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    // A disk that takes longer than this is not waited for.
    private static readonly TimeSpan s_lastCommit = TimeSpan.FromSeconds(5);

    private readonly Lock _sync = new();
    private readonly Queue<SeriesFrame> _waiting = [];
    private ITimer? _timer;
    private bool _isFailing;
    private bool _isStopped;

    /// <summary>Begins; to be called when the devices are loaded.</summary>
    public void Start()
    {
        _timer = time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(UntilNextMinute(), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Writes the minute that is not over, with every share that was acknowledged, and ends.</summary>
    /// <param name="shares">What shares wait in; nobody adds to it any more.</param>
    public async Task StopAsync(GroupCommit shares)
    {
        CommitSignal last = new(_ => { });
        shares.Append(last);
        await Task.WhenAny(last.Done, Task.Delay(s_lastCommit));
        Stop();
    }

    public void Dispose()
    {
        Stop();
        _timer?.Dispose();
    }

    private void Stop()
    {
        lock (_sync)
        {
            if (_timer is not null && !_isStopped)
            {
                _isStopped = true;
                Sample(time.GetUtcNow(), isWhole: false);
            }
        }
    }

    private TimeSpan UntilNextMinute() => s_minute - TimeSpan.FromTicks(time.GetUtcNow().Ticks % s_minute.Ticks);

    private void Tick()
    {
        lock (_sync)
        {
            if (!_isStopped)
            {
                // The minute that has just ended, whether the timer was a little early or late.
                Sample(time.GetUtcNow() - (s_minute / 2), isWhole: true);
                _timer!.Change(UntilNextMinute(), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Sample(DateTimeOffset minute, bool isWhole)
    {
        SeriesFrame frame = store.NewFrame(minute);
        FleetReading reading = new(frame);
        foreach (Device device in registry.All())
        {
            reading.Take(device);
        }

        reading.Complete();
        if (isWhole)
        {
            // When the doors are closed, nobody is connected, and that is no reading.
            reading.CompleteGauges(LatencyMs());
        }

        _waiting.Enqueue(frame);
        if (_waiting.Count > MaxWaiting)
        {
            _waiting.Dequeue();
        }

        Write();
    }

    private void Write()
    {
        try
        {
            while (_waiting.TryPeek(out SeriesFrame? frame))
            {
                store.Append(frame);
                _waiting.Dequeue();
            }

            _isFailing = false;
        }
        catch (Exception e) when (e is StorageException or InvalidDataException)
        {
            if (!_isFailing)
            {
                log.LogError("Time series cannot be written; they are tried again each minute. {Fault}", e.Message);
            }

            _isFailing = true;
        }
    }

    private double? LatencyMs() =>
        upstream.Reports().FirstOrDefault(report => report.Active)?.Pool?.LatencyMs;
}
