using System.Threading.Tasks.Sources;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>One waiter, any number of openers. Opening it without a waiter is remembered for the next wait.</summary>
internal sealed class AsyncGate : IValueTaskSource
{
    private readonly Lock _sync = new();
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private bool _open;
    private bool _waiting;

    /// <summary>Completes at the next <see cref="Open"/>, at once if there was one since the last wait.</summary>
    public ValueTask WaitAsync()
    {
        lock (_sync)
        {
            if (_open)
            {
                _open = false;
                return ValueTask.CompletedTask;
            }

            _core.Reset();
            _waiting = true;
            return new ValueTask(this, _core.Version);
        }
    }

    /// <summary>Lets the waiter, or the next one, through.</summary>
    public void Open()
    {
        lock (_sync)
        {
            if (!_waiting)
            {
                _open = true;
                return;
            }

            _waiting = false;
        }

        _core.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
