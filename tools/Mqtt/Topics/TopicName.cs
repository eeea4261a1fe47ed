using System.Text;

namespace MicroFirmware.Mqtt.Topics;

/// <summary>A checked topic name with its UTF-8 beside it: make it once, publish to it often.</summary>
public sealed class TopicName
{
    private readonly byte[] _utf8;

    /// <summary>Checks a name.</summary>
    /// <param name="text">1 to 65,535 octets of UTF-8, no wildcards, no U+0000 (MQTT 3.1.1 §4.7).</param>
    /// <exception cref="ArgumentException">It is not a topic name.</exception>
    public TopicName(string text)
    {
        _utf8 = Encoding.UTF8.GetBytes(text);
        Text = text;
        if (!TopicRules.IsName(text) || _utf8.Length > TopicRules.MaxLength)
        {
            throw new ArgumentException(
                $"'{text}' is not a topic name: it needs 1 to 65535 octets without '+', '#' and U+0000.", nameof(text));
        }
    }

    /// <summary>Takes octets that the decoder has checked.</summary>
    internal TopicName(ReadOnlySpan<byte> utf8)
    {
        _utf8 = utf8.ToArray();
        Text = Encoding.UTF8.GetString(utf8);
    }

    /// <summary>The name.</summary>
    public string Text { get; }

    /// <summary>The name's UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8 => _utf8;

    /// <summary>The name.</summary>
    public override string ToString() => Text;
}
