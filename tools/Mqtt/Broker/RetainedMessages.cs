using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>The last retained message of each topic (MQTT 3.1.1 §3.3.1.3).</summary>
internal sealed class RetainedMessages(int limit)
{
    private readonly Lock _sync = new();
    private readonly TopicTree<Message> _messages = new();

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
    /// <returns>False when there is no room for one more topic.</returns>
    public bool Set(Message message)
    {
        string topic = message.Topic.Text;
        lock (_sync)
        {
            if (message.Payload.IsEmpty)
            {
                _messages.Remove(topic);
                return true;
            }

            if (_messages.Count >= limit && _messages.Find(topic) is null)
            {
                return false;
            }

            _messages.Set(topic, message);
            return true;
        }
    }

    /// <summary>Adds all messages whose topic the filter matches.</summary>
    public void Match(string filter, List<Message> found)
    {
        lock (_sync)
        {
            _messages.MatchFilter(filter, found, int.MaxValue);
        }
    }
}
