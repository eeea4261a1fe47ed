using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>
/// Who gets what. Filters without wildcards, which nearly all are, sit in a hash table; the others in a tree.
/// </summary>
internal sealed class SubscriptionTable
{
    private readonly Lock _sync = new();
    private readonly Dictionary<string, SubscriberSet> _exact = new(StringComparer.Ordinal);
    private readonly TopicTree<SubscriberSet> _wild = new();
    private readonly List<SubscriberSet> _sets = [];
    private readonly Dictionary<ISubscriber, QualityOfService> _merged = [];

    /// <summary>The number of different filters.</summary>
    public int FilterCount
    {
        get
        {
            lock (_sync)
            {
                return _exact.Count + _wild.Count;
            }
        }
    }

    public void Add(string filter, ISubscriber subscriber, QualityOfService qos)
    {
        lock (_sync)
        {
            SubscriberSet? set = Find(filter);
            if (set is null)
            {
                set = new SubscriberSet();
                Set(filter, set);
            }

            set.Set(subscriber, qos);
        }
    }

    public void Remove(string filter, ISubscriber subscriber)
    {
        lock (_sync)
        {
            SubscriberSet? set = Find(filter);
            set?.Remove(subscriber);
            if (set is not { IsEmpty: true })
            {
                return;
            }

            if (!_exact.Remove(filter))
            {
                _wild.Remove(filter);
            }
        }
    }

    /// <summary>
    /// Adds everybody whose subscription matches a topic, each once, with the best quality of his subscriptions that
    /// overlap (MQTT 3.1.1 §3.3.5).
    /// </summary>
    public void Match(string topic, List<(ISubscriber Subscriber, QualityOfService QoS)> found)
    {
        lock (_sync)
        {
            _exact.TryGetValue(topic, out SubscriberSet? exact);
            if (_wild.Count == 0)
            {
                exact?.CopyTo(found);
                return;
            }

            _sets.Clear();
            if (exact is not null)
            {
                _sets.Add(exact);
            }

            _wild.MatchName(topic, _sets);
            foreach (SubscriberSet set in _sets)
            {
                set.CopyTo(found);
            }

            if (_sets.Count > 1)
            {
                Merge(found);
            }
        }
    }

    private void Merge(List<(ISubscriber Subscriber, QualityOfService QoS)> found)
    {
        foreach ((ISubscriber subscriber, QualityOfService qos) in found)
        {
            if (!_merged.TryGetValue(subscriber, out QualityOfService best) || best < qos)
            {
                _merged[subscriber] = qos;
            }
        }

        if (_merged.Count < found.Count)
        {
            found.Clear();
            foreach ((ISubscriber subscriber, QualityOfService qos) in _merged)
            {
                found.Add((subscriber, qos));
            }
        }

        _merged.Clear();
    }

    private SubscriberSet? Find(string filter) =>
        _exact.TryGetValue(filter, out SubscriberSet? set) ? set
        : TopicRules.IsExact(filter) ? null
        : _wild.Find(filter);

    private void Set(string filter, SubscriberSet set)
    {
        if (TopicRules.IsExact(filter))
        {
            _exact.Add(filter, set);
        }
        else
        {
            _wild.Set(filter, set);
        }
    }
}
