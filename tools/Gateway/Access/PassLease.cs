namespace MicroFirmware.Gateway.Access;

/// <summary>How long an answer may go on: until its pass counts no more, its reader is gone, or the gateway stops.
/// </summary>
internal sealed class PassLease : IDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly ITimer _timer;

    public PassLease(Func<bool> isGood, TimeProvider time, CancellationToken aborted, CancellationToken stopping)
    {
        _end = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        _timer = time.CreateTimer(_ => Look(isGood), null, PassWatch.Interval, PassWatch.Interval);
    }

    /// <summary>Cancelled at the end.</summary>
    public CancellationToken Token => _end.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _end.Dispose();
    }

    private void Look(Func<bool> isGood)
    {
        if (isGood())
        {
            return;
        }

        try
        {
            _end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The answer ended by itself meanwhile.
        }
    }
}
