using System.Net;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>So many connects a second from one address; one more is closed before it costs anything.</summary>
internal sealed class ConnectBudget(int perSecond)
{
    private const int MsPerSecond = 1_000;

    private readonly Lock _sync = new();
    private readonly Dictionary<IPAddress, int> _taken = [];
    private long _second;

    public bool TryTake(EndPoint? from, long nowMs)
    {
        if (perSecond == 0 || from is not IPEndPoint { Address: { } address })
        {
            return true;
        }

        lock (_sync)
        {
            if (nowMs / MsPerSecond != _second)
            {
                _second = nowMs / MsPerSecond;
                _taken.Clear();
            }

            int taken = _taken.GetValueOrDefault(address) + 1;
            _taken[address] = taken;
            return taken <= perSecond;
        }
    }
}
