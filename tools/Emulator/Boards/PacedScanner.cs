using MicroFirmware.Mining;

namespace MicroFirmware.Emulator.Boards;

/// <summary>
/// A scanner that keeps to a pace: polled too early it hashes nothing and says when to come back. That way a board
/// takes part in everything else at once, however little it may scan.
/// </summary>
/// <param name="inner">The scanner that hashes, while it is polled.</param>
/// <param name="pace">The pace.</param>
/// <param name="time">The clock that the pace is kept by.</param>
internal sealed class PacedScanner(INonceScanner inner, ScanPace pace, TimeProvider time) : INonceScanner
{
    /// <summary>How often a scan that stands still for long is looked at, milliseconds.</summary>
    private const int LongestIntervalMs = 1000;

    private long _paidUntilMs = long.MinValue;
    private volatile bool _isHeld;
    private bool _isStopped;

    public string Name => inner.Name;

    public uint MaxThreshold => inner.MaxThreshold;

    public int PollIntervalMs
    {
        get
        {
            if (_isHeld)
            {
                return LongestIntervalMs;
            }

            long unpaidMs = _paidUntilMs - BoardWorkers.NowMs(time);
            return (int)Math.Clamp(unpaidMs, inner.PollIntervalMs, LongestIntervalMs);
        }
    }

    /// <summary>From the next poll on, nothing is hashed. Any thread.</summary>
    public void Hold() => _isHeld = true;

    public void Start(byte[] header, uint firstNonce, uint lastNonce, uint threshold)
    {
        _isStopped = false;
        inner.Start(header, firstNonce, lastNonce, threshold);
    }

    public ScanStatus Poll(uint budget, ScanProgress progress)
    {
        long nowMs = BoardWorkers.NowMs(time);
        if ((_isHeld || nowMs < _paidUntilMs) && !_isStopped)
        {
            progress.Hashes = 0;
            return ScanStatus.Running;
        }

        long started = time.GetTimestamp();
        ScanStatus status = inner.Poll(Math.Min(budget, pace.MostHashes), progress);
        double busyMs = time.GetElapsedTime(started).TotalMilliseconds;
        _paidUntilMs = pace.Spend(nowMs, busyMs, progress.Hashes);
        return status;
    }

    public void Stop()
    {
        _isStopped = true;
        inner.Stop();
    }

    public bool StepDown() => inner.StepDown();
}
