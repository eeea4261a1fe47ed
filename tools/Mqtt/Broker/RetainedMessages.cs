using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>The last retained message of each topic (MQTT 3.1.1 §3.3.1.3).</summary>
internal sealed class RetainedMessages(BrokerOptions options)
{
    private readonly Lock _sync = new();
    private readonly TopicTree<Message> _messages = new();
    private readonly List<Message> _matches = [];
    private long _bytes;

    public int Count
    {
        get
        {
            lock (_sync)
            {
                return _messages.Count;
            }
        }
    }

    /// <summary>Keeps a message in place of its topic's last one; an empty payload clears the topic.</summary>
    /// <returns>False when there is no room for it.</returns>
    public bool Set(Message message)
    {
        string topic = message.Topic.Text;
        lock (_sync)
        {
            Message? old = _messages.Find(topic);
            long bytes = _bytes - (old?.Size ?? 0);
            bool fits = (old is not null || _messages.Count < options.MaxRetainedMessages)
                && bytes + message.Size <= options.MaxRetainedBytes;
            if (message.Payload.IsEmpty || !fits)
            {
                // What is kept no longer stands, even if there is no room for what replaces it (MQTT-3.3.1-7).
                _messages.Remove(topic);
                _bytes = bytes;
                return message.Payload.IsEmpty;
            }

            _messages.Set(topic, message);
            _bytes = bytes + message.Size;
            return true;
        }
    }

    /// <summary>Adds all messages the filter matches, as a new subscription gets them.</summary>
    public void Match(string filter, QualityOfService granted, ref List<Delivery>? found)
    {
        lock (_sync)
        {
            _messages.MatchFilter(filter, _matches, int.MaxValue);
            foreach (Message message in _matches)
            {
                QualityOfService qos = message.QoS < granted ? message.QoS : granted;
                (found ??= []).Add(new Delivery(message, qos, retained: true));
            }

            _matches.Clear();
        }
    }
}
