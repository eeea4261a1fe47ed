using System.Text;
using MicroFirmware.Mqtt.Codec;
using MicroFirmware.Mqtt.Entrance;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Storage;
using MicroFirmware.Mqtt.Topics;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>
/// An MQTT 3.1.1 broker in process. Give it connections (<see cref="MqttListenExtensions.UseMqtt"/> on a Kestrel
/// listener), take publishes with <see cref="Handle"/> or <see cref="Subscribe(string, Action{string,
/// ReadOnlyMemory{byte}})"/>, and publish with <see cref="Publish"/> or <see cref="BrokerSession.TryPublish"/>.
/// </summary>
public sealed partial class MqttBroker : IDisposable
{
    private readonly List<(string Filter, IPublishHandler Handler)> _handlers = [];
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly ITimer _sweep;
    private readonly ITimer? _sys;
    private bool _stopping;

    /// <summary>Starts a broker without connections.</summary>
    /// <param name="options">The limits; checked here.</param>
    /// <param name="authority">Who may connect and do what.</param>
    /// <param name="time">The clock; the system's if null.</param>
    /// <param name="logger">Where to log; nowhere if null.</param>
    /// <param name="store">Where sessions outlive the broker; null for nowhere. Dispose it after the broker.</param>
    /// <exception cref="ArgumentException">A limit is out of range.</exception>
    public MqttBroker(
        BrokerOptions options,
        IBrokerAuthority authority,
        TimeProvider? time = null,
        ILogger<MqttBroker>? logger = null,
        ISessionStore? store = null)
    {
        options.Validate();
        StoredState? stored = store?.Load();
        Options = options;
        Authority = authority;
        _time = time ?? TimeProvider.System;
        _started = _time.GetTimestamp();
        Log = new BrokerLog(logger ?? NullLogger<MqttBroker>.Instance, _time);
        Store = store;
        Door = new Doorkeeper(options, _time, () => Metrics!.Rejected());
        Penalties = new PenaltyBox(options, _time);
        Metrics = new BrokerMetrics(() => QueuedMessages, () => Door.Waiting, () => Penalties.Held);
        Router = new Router(options, Metrics, store);
        Restore(stored);
        _sweep = _time.CreateTimer(_ => Sweep(), null, s_sweepInterval, s_sweepInterval);
        if (options.SysInterval > TimeSpan.Zero)
        {
            var sys = new SysTopics(this);
            sys.Publish();
            _sys = _time.CreateTimer(_ => sys.Publish(), null, options.SysInterval, options.SysInterval);
        }
    }

    /// <summary>The broker's figures.</summary>
    public BrokerMetrics Metrics { get; }

    internal BrokerOptions Options { get; }

    internal IBrokerAuthority Authority { get; }

    internal BrokerLog Log { get; }

    internal Router Router { get; }

    internal ISessionStore? Store { get; }

    internal Doorkeeper Door { get; }

    internal PenaltyBox Penalties { get; }

    internal TimeProvider Time => _time;

    /// <summary>Milliseconds since the start.</summary>
    internal long NowMs => (long)_time.GetElapsedTime(_started).TotalMilliseconds;

    /// <summary>
    /// Hands matching publishes of clients to a part of the host, in place of subscribers; none is retained. PUBACK
    /// leaves after the handler said so. Call it before connections come.
    /// </summary>
    /// <param name="filter">A topic filter; of several that match, the first one handed in takes a message.</param>
    /// <param name="handler">Who takes them.</param>
    /// <exception cref="ArgumentException">The filter is not a topic filter.</exception>
    public void Handle(string filter, IPublishHandler handler)
    {
        CheckFilter(filter);
        _handlers.Add((filter, handler));
    }

    /// <summary>Hands a copy of matching messages to a part of the host, beside the other subscribers.</summary>
    /// <param name="filter">A topic filter.</param>
    /// <param name="receive">Gets topic and payload on the publisher's reader: must be quick and not throw.</param>
    /// <returns>Ends the subscription when disposed.</returns>
    /// <exception cref="ArgumentException">The filter is not a topic filter.</exception>
    public IDisposable Subscribe(string filter, Action<string, ReadOnlyMemory<byte>> receive)
    {
        CheckFilter(filter);
        var subscriber = new LocalSubscriber(filter, receive, Router, Log);
        Router.Subscribe(filter, subscriber, QualityOfService.ExactlyOnce);
        return subscriber;
    }

    /// <summary>Publishes to all who subscribed. Never waits: a client that is too slow is closed.</summary>
    /// <param name="topic">The topic name; make it once, use it often.</param>
    /// <param name="payload">The octets; they must not change afterwards.</param>
    /// <param name="qos">The best quality it is delivered with.</param>
    /// <param name="retain">Keep it for later subscribers; with an empty payload, forget the one that is kept.</param>
    public void Publish(
        TopicName topic,
        ReadOnlyMemory<byte> payload,
        QualityOfService qos = QualityOfService.AtMostOnce,
        bool retain = false) =>
        Router.Publish(new Message(topic, payload, qos), retain, null);

    /// <summary>Collects what this thread publishes and acknowledges until it is disposed.</summary>
    public BrokerBatch Batch() => new(begin: true);

    /// <summary>The session of a client, connected or not; null if there is none.</summary>
    /// <param name="clientId">Its client id.</param>
    public BrokerSession? FindSession(string clientId) => _sessions.GetValueOrDefault(clientId);

    /// <summary>Serves one connection to its end. Does not throw.</summary>
    /// <param name="connection">The transport: Kestrel's, or a WebSocket's.</param>
    public async Task ServeAsync(ConnectionContext connection)
    {
        // Sockets of its own listener have been let in before there was a connection at all.
        if (connection.Features.Get<Doorkeeper>() != Door && !await Door.EnterAsync(
            connection.RemoteEndPoint, () => connection.ConnectionClosed.IsCancellationRequested))
        {
            connection.Abort();
            return;
        }

        var served = new BrokerConnection(this, connection);
        Add(served);
        await served.RunAsync();
    }

    /// <summary>Closes every connection; wills are published. Sessions that are not clean stay.</summary>
    public void Dispose()
    {
        _stopping = true;
        _sweep.Dispose();
        _sys?.Dispose();
        Door.Dispose();
        Penalties.Dispose();
        CloseAll(CloseReason.Stopping);
        Metrics.Dispose();
    }

    internal ITimer StartTimer(Action action, TimeSpan after) =>
        _time.CreateTimer(_ => action(), null, after, Timeout.InfiniteTimeSpan);

    internal static string NewClientId() => $"auto-{Guid.NewGuid():n}";

    internal TopicEntry Resolve(BrokerSession session, ReadOnlySpan<byte> topic)
    {
        var name = new TopicName(topic);
        IPublishHandler? handler = _handlers.Find(h => TopicRules.Matches(h.Filter, name.Text)).Handler;
        return new TopicEntry(name, handler, Authority.MayPublish(session, name.Text));
    }

    internal void Subscribe(BrokerSession session, SubscribePacket packet, BrokerConnection connection)
    {
        var codes = new byte[packet.Requests.Count];
        List<Delivery>? retained = null;
        for (int i = 0; i < codes.Length; i++)
        {
            (string filter, QualityOfService qos) = packet.Requests[i];
            bool allowed = Options.CheckTopic(Encoding.UTF8.GetBytes(filter)) == ProtocolError.None
                && Authority.MaySubscribe(session, filter)
                && session.TrySubscribe(filter, qos);
            codes[i] = allowed ? (byte)qos : SubAckPacket.Refused;
            if (allowed)
            {
                Router.Retained.Match(filter, qos, ref retained);
            }
        }

        var answer = new ControlPacket(PacketType.SubAck, packet.PacketId, codes);
        session.AnswerWhenStored(answer, connection, retained);
    }

    private static void CheckFilter(string filter)
    {
        if (!TopicRules.IsFilter(filter))
        {
            throw new ArgumentException($"'{filter}' is not a topic filter.", nameof(filter));
        }
    }
}
