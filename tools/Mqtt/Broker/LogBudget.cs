namespace MicroFirmware.Mqtt.Broker;

/// <summary>So many lines a second, and a count of those that were left out.</summary>
internal sealed class LogBudget(int perSecond, TimeProvider time)
{
    private readonly Lock _sync = new();
    private long _second = -1;
    private int _taken;
    private int _leftOut;

    /// <summary>Whether one more line may be written now.</summary>
    /// <param name="leftOut">Lines that were not written since the last one that was.</param>
    public bool TryTake(out int leftOut)
    {
        lock (_sync)
        {
            long second = time.GetUtcNow().ToUnixTimeSeconds();
            _taken = second == _second ? _taken : 0;
            _second = second;
            leftOut = _leftOut;
            if (_taken >= perSecond)
            {
                _leftOut++;
                return false;
            }

            _taken++;
            _leftOut = 0;
            return true;
        }
    }
}
