using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>Who subscribed to one filter. Most filters have one subscriber, and that one costs no table.</summary>
internal sealed class SubscriberSet
{
    private ISubscriber? _only;
    private QualityOfService _onlyQoS;
    private Dictionary<ISubscriber, QualityOfService>? _many;

    public bool IsEmpty => _only is null && _many is null;

    /// <summary>Adds a subscriber, or replaces its quality (MQTT 3.1.1 §3.8.4).</summary>
    public void Set(ISubscriber subscriber, QualityOfService qos)
    {
        if (_many is not null)
        {
            _many[subscriber] = qos;
        }
        else if (_only is null || _only == subscriber)
        {
            _only = subscriber;
            _onlyQoS = qos;
        }
        else
        {
            _many = new() { [_only] = _onlyQoS, [subscriber] = qos };
            _only = null;
        }
    }

    public void Remove(ISubscriber subscriber)
    {
        if (_only == subscriber)
        {
            _only = null;
        }
        else if (_many?.Remove(subscriber) is true && _many.Count == 0)
        {
            _many = null;
        }
    }

    public void CopyTo(List<(ISubscriber Subscriber, QualityOfService QoS)> found)
    {
        if (_only is not null)
        {
            found.Add((_only, _onlyQoS));
        }
        else if (_many is not null)
        {
            foreach ((ISubscriber subscriber, QualityOfService qos) in _many)
            {
                found.Add((subscriber, qos));
            }
        }
    }
}
