using MicroFirmware.Mqtt.Codec;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>A limit for everything a client can make grow; each default says where it comes from.</summary>
public sealed class BrokerOptions
{
    /// <summary>AWS IoT Core takes packets of up to 128 KiB.</summary>
    public const int DefaultMaxPacketSizeBytes = 128 * 1024;

    /// <summary>AWS IoT Core takes client ids of up to 128 octets; the standard's servers must take 23.</summary>
    public const int DefaultMaxClientIdLength = 128;

    /// <summary>AWS IoT Core takes topics of up to 256 octets.</summary>
    public const int DefaultMaxTopicLengthBytes = 256;

    /// <summary>Twice the eight levels of AWS IoT Core; ours go four deep, Home Assistant's discovery five.</summary>
    public const int DefaultMaxTopicLevels = 16;

    /// <summary>Twice the fleet that the bench holds open; 20,000 connections are about 120 MB.</summary>
    public const int DefaultMaxConnections = 20_000;

    /// <summary>AWS IoT Core allows 50 subscriptions a connection.</summary>
    public const int DefaultMaxSubscriptions = 50;

    /// <summary>EMQX's max_inflight: 32 messages from one client that are not acknowledged yet.</summary>
    public const int DefaultMaxInboundInFlight = 32;

    /// <summary>More than mosquitto's 20: with fewer, one fast subscriber's round trips set the pace.</summary>
    public const int DefaultMaxOutboundInFlight = 256;

    /// <summary>mosquitto's max_queued_messages.</summary>
    public const int DefaultMaxQueuedMessages = 1_000;

    /// <summary>Kestrel's limit for a request line: before it is let in, nobody makes us keep more than that.</summary>
    public const int DefaultMaxConnectSizeBytes = 8 * 1024;

    /// <summary>Eight of the largest packets, or <see cref="DefaultMaxQueuedMessages"/> of 1 KiB.</summary>
    public const int DefaultMaxQueuedBytes = 1024 * 1024;

    /// <summary>640 octets for each of <see cref="DefaultMaxRetainedMessages"/>.</summary>
    public const int DefaultMaxRetainedBytes = 64_000_000;

    /// <summary>One status per device of a fleet five times <see cref="DefaultMaxConnections"/>.</summary>
    public const int DefaultMaxRetainedMessages = 100_000;

    /// <summary>As many sessions as retained messages: one a device.</summary>
    public const int DefaultMaxSessions = 100_000;

    /// <summary>A fleet of <see cref="DefaultMaxConnections"/> is back in two seconds.</summary>
    public const int DefaultMaxConnectsPerSecond = 10_000;

    /// <summary>Two fifths of <see cref="DefaultMaxConnections"/>; a socket that nobody reads takes little.</summary>
    public const int DefaultMaxWaitingConnects = 8_192;

    /// <summary>Half of that: one line, be it a whole fleet's, leaves room for others.</summary>
    public const int DefaultMaxWaitingPerAddress = 4_096;

    /// <summary>Each has its connection's buffers still, some kilobytes.</summary>
    public const int DefaultMaxHeldConnects = 1_000;

    /// <summary>Largest packet taken, in octets, fixed header included; 256 to 1,000,000.</summary>
    public int MaxPacketSizeBytes { get; set; } = DefaultMaxPacketSizeBytes;

    /// <summary>Largest CONNECT taken, in octets; 256 to 1,000,000.</summary>
    public int MaxConnectSizeBytes { get; set; } = DefaultMaxConnectSizeBytes;

    /// <summary>Longest client id in characters, 23 to 65,535 (at least 23 must be taken: MQTT-3.1.3-5).</summary>
    public int MaxClientIdLength { get; set; } = DefaultMaxClientIdLength;

    /// <summary>Longest topic name or filter in octets of UTF-8, 1 to 65,535.</summary>
    public int MaxTopicLengthBytes { get; set; } = DefaultMaxTopicLengthBytes;

    /// <summary>Deepest topic name or filter in levels, 1 to 128.</summary>
    public int MaxTopicLevels { get; set; } = DefaultMaxTopicLevels;

    /// <summary>Most connections at a time; one more is answered with return code 3.</summary>
    public int MaxConnections { get; set; } = DefaultMaxConnections;

    /// <summary>Most connections from one address; 0 for no limit: whole fleets sit behind one NAT.</summary>
    public int MaxConnectionsPerAddress { get; set; }

    /// <summary>
    /// Most connects a second from one address (of IPv6: one /64); one more waits for its turn, up to 10 s. 0 for no
    /// limit, as with connections.
    /// </summary>
    public int MaxConnectsPerAddressPerSecond { get; set; }

    /// <summary>
    /// Most connects a second of all together on one listener, where that accepts them itself; the others wait in the
    /// system's queue. 0 for no limit, to 1,000,000.
    /// </summary>
    public int MaxConnectsPerSecond { get; set; } = DefaultMaxConnectsPerSecond;

    /// <summary>Most connects that wait for their turn; one more is closed. 0 to 1,000,000.</summary>
    public int MaxWaitingConnects { get; set; } = DefaultMaxWaitingConnects;

    /// <summary>The same of one address, 0 to 1,000,000.</summary>
    public int MaxWaitingPerAddress { get; set; } = DefaultMaxWaitingPerAddress;

    /// <summary>Most clients that are held for <see cref="PenaltyTime"/>; one more is closed at once. 0 to 1,000,000.
    /// </summary>
    public int MaxHeldConnects { get; set; } = DefaultMaxHeldConnects;

    /// <summary>Most sessions, connected or not; a client that would need one more gets return code 3.</summary>
    public int MaxSessions { get; set; } = DefaultMaxSessions;

    /// <summary>Most subscriptions of one session; one more is refused with 80 in SUBACK.</summary>
    public int MaxSubscriptions { get; set; } = DefaultMaxSubscriptions;

    /// <summary>Most messages of one client that wait for their acknowledgement, 1 to 65,535; then it is not read from.
    /// </summary>
    public int MaxInboundInFlight { get; set; } = DefaultMaxInboundInFlight;

    /// <summary>Most messages sent to one client and not acknowledged by it, 1 to 16,384.</summary>
    public int MaxOutboundInFlight { get; set; } = DefaultMaxOutboundInFlight;

    /// <summary>
    /// Messages waiting for one client at which its publishers have to wait, 1 to 30,000. At twice that number a
    /// message for it is dropped, and the client, if it is connected, is closed. Also the most answers, and the most
    /// unreleased QoS 2 messages, that a client may leave.
    /// </summary>
    public int MaxQueuedMessages { get; set; } = DefaultMaxQueuedMessages;

    /// <summary>The same in octets of topics and payloads, 1,024 to 1,000,000,000.</summary>
    public int MaxQueuedBytes { get; set; } = DefaultMaxQueuedBytes;

    /// <summary>Most retained messages; one more is delivered but not kept.</summary>
    public int MaxRetainedMessages { get; set; } = DefaultMaxRetainedMessages;

    /// <summary>Most octets of topics and payloads of all retained messages.</summary>
    public int MaxRetainedBytes { get; set; } = DefaultMaxRetainedBytes;

    /// <summary>
    /// Packets a second one client may send, acknowledgements aside, before it is read more slowly; 0 for no limit.
    /// </summary>
    public int MaxPacketsPerSecond { get; set; }

    /// <summary>How long a connection may take to its complete CONNECT; HiveMQ gives it 10 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one packet may take from first to last octet; Kestrel gives headers 30 s.</summary>
    public TimeSpan PacketTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client that others wait for may take to read on; then it is closed.</summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a client that broke the rules, or was refused, is held unread before it is closed, when more than a
    /// few came from its address lately; zero closes at once. Default 5 s: less than a board pauses between retries.
    /// </summary>
    public TimeSpan PenaltyTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often <c>$SYS</c> is published: mosquitto's sys_interval; zero turns it off.</summary>
    public TimeSpan SysInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Checks every limit.</summary>
    /// <exception cref="ArgumentException">One is out of range; the message names it and says the range.</exception>
    public void Validate()
    {
        Check(MaxPacketSizeBytes, 256, 1_000_000, nameof(MaxPacketSizeBytes));
        Check(MaxConnectSizeBytes, 256, 1_000_000, nameof(MaxConnectSizeBytes));
        Check(MaxQueuedBytes, 1_024, 1_000_000_000, nameof(MaxQueuedBytes));
        Check(MaxRetainedBytes, 0, int.MaxValue, nameof(MaxRetainedBytes));
        Check(MaxClientIdLength, 23, ushort.MaxValue, nameof(MaxClientIdLength));
        Check(MaxTopicLengthBytes, 1, ushort.MaxValue, nameof(MaxTopicLengthBytes));
        Check(MaxTopicLevels, 1, 128, nameof(MaxTopicLevels));
        Check(MaxConnections, 1, 10_000_000, nameof(MaxConnections));
        Check(MaxConnectionsPerAddress, 0, 10_000_000, nameof(MaxConnectionsPerAddress));
        Check(MaxConnectsPerAddressPerSecond, 0, 1_000_000, nameof(MaxConnectsPerAddressPerSecond));
        Check(MaxConnectsPerSecond, 0, 1_000_000, nameof(MaxConnectsPerSecond));
        Check(MaxWaitingConnects, 0, 1_000_000, nameof(MaxWaitingConnects));
        Check(MaxWaitingPerAddress, 0, 1_000_000, nameof(MaxWaitingPerAddress));
        Check(MaxHeldConnects, 0, 1_000_000, nameof(MaxHeldConnects));
        Check(MaxSessions, 1, 10_000_000, nameof(MaxSessions));
        Check(MaxSubscriptions, 1, 100_000, nameof(MaxSubscriptions));
        Check(MaxInboundInFlight, 1, ushort.MaxValue, nameof(MaxInboundInFlight));
        Check(MaxOutboundInFlight, 1, 16_384, nameof(MaxOutboundInFlight));
        Check(MaxQueuedMessages, 1, 30_000, nameof(MaxQueuedMessages));
        Check(MaxRetainedMessages, 0, 10_000_000, nameof(MaxRetainedMessages));
        Check(MaxPacketsPerSecond, 0, 1_000_000, nameof(MaxPacketsPerSecond));
        Check(ConnectTimeout, nameof(ConnectTimeout));
        Check(PacketTimeout, nameof(PacketTimeout));
        Check(StallTimeout, nameof(StallTimeout));
        CheckUnlessZero(SysInterval, nameof(SysInterval));
        CheckUnlessZero(PenaltyTime, nameof(PenaltyTime));
    }

    /// <summary>Whether a topic name or filter is within the limits.</summary>
    internal ProtocolError CheckTopic(ReadOnlySpan<byte> utf8) =>
        utf8.Length > MaxTopicLengthBytes || utf8.Count((byte)'/') >= MaxTopicLevels
            ? ProtocolError.TopicTooLong
            : ProtocolError.None;

    private static void Check(int value, int min, int max, string name)
    {
        if (value < min || value > max)
        {
            throw new ArgumentException($"{name} is {value}; set it to a value from {min} to {max}.", name);
        }
    }

    private static void CheckUnlessZero(TimeSpan value, string name)
    {
        if (value != TimeSpan.Zero)
        {
            Check(value, name);
        }
    }

    private static void Check(TimeSpan value, string name)
    {
        if (value < TimeSpan.FromSeconds(1) || value > TimeSpan.FromHours(1))
        {
            throw new ArgumentException($"{name} is {value}; set it to a time from 1 s to 1 h.", name);
        }
    }
}
