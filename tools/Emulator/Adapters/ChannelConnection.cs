using System.Security.Authentication;
using System.Text;
using MicroFirmware.Mining;
using MicroFirmware.Mqtt.Client;
using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Emulator.Adapters;

/// <summary>One connection to a broker, from connecting to its end, as events that wait to be polled.</summary>
internal sealed class ChannelConnection(TimeProvider time, Action onChange, Func<byte[]?>? authority)
{
    /// <summary>Events that may wait for the board; a broker that sends more, faster than it steps, loses it.</summary>
    private const int MaxWaiting = 1024;

    private readonly record struct Happening(ChannelEventKind Kind, int Handle, string? Topic, byte[]? Payload);

    private readonly Lock _gate = new();
    private readonly Queue<Happening> _happenings = new();
    private readonly Queue<Happening> _early = new();
    private readonly CancellationTokenSource _left = new();
    private MqttClient? _client;
    private bool _isOpen;
    private int _lastHandle;

    /// <summary>Connects, subscribes, and stays until the connection ends; never throws.</summary>
    public async Task RunAsync(ChannelOptions options)
    {
        try
        {
            MqttClientOptions translated = Translate(options);
            if (translated.Tls is not null || !options.Gateway.IsSecure)
            {
                await using MqttClient client = await MqttClient.ConnectAsync(translated, _left.Token);
                _client = client;
                _left.Token.ThrowIfCancellationRequested();
                await SubscribeAsync(client, options.Subscriptions);
                Announce();
                await client.Completion;
            }
        }
        catch (Exception e) when (e is MqttException or OperationCanceledException or AuthenticationException)
        {
            // Refused, unreachable or lost: the event says as much as the board can know.
        }

        lock (_gate)
        {
            _isOpen = false;
        }

        Add(new Happening(ChannelEventKind.Closed, 0, null, null));
    }

    /// <summary>Begins to send a message.</summary>
    /// <returns>Its handle, or 0 while the connection is not open.</returns>
    public int Publish(string topic, byte[] payload, byte qos, bool retain)
    {
        lock (_gate)
        {
            if (!_isOpen)
            {
                return 0;
            }
        }

        int handle = ++_lastHandle;
        _ = PublishAsync(handle, topic, payload, (QualityOfService)qos, retain);
        return handle;
    }

    /// <summary>Takes the next event.</summary>
    public ChannelEventKind Poll(ChannelEvent channelEvent)
    {
        lock (_gate)
        {
            if (!_happenings.TryDequeue(out Happening next))
            {
                return ChannelEventKind.None;
            }

            channelEvent.Handle = next.Handle;
            channelEvent.Topic = next.Topic;
            channelEvent.Payload = next.Payload;
            return next.Kind;
        }
    }

    /// <summary>Disconnects in order if the connection was made, and gives it up if not.</summary>
    public async Task LeaveAsync()
    {
        await _left.CancelAsync();
        if (_client is not null)
        {
            await _client.DisconnectAsync();
        }
    }

    private async Task SubscribeAsync(MqttClient client, string[] topics)
    {
        foreach (string topic in topics)
        {
            if (await client.SubscribeAsync(topic, QualityOfService.AtLeastOnce, _left.Token) is null)
            {
                throw new MqttException($"The broker refused the subscription to {topic}.");
            }
        }
    }

    private async Task PublishAsync(int handle, string topic, byte[] payload, QualityOfService qos, bool retain)
    {
        try
        {
            await _client!.PublishAsync(topic, payload, qos, retain);
        }
        catch (MqttException)
        {
            // The end of the connection is an event of its own.
            return;
        }

        if (qos != QualityOfService.AtMostOnce)
        {
            Add(new Happening(ChannelEventKind.Acknowledged, handle, null, null));
        }
    }

    private void Receive(ReceivedMessage message) =>
        Add(new Happening(ChannelEventKind.Message, 0, message.Topic, message.Payload.ToArray()));

    private void Announce()
    {
        lock (_gate)
        {
            _isOpen = true;
            _happenings.Enqueue(new Happening(ChannelEventKind.Opened, 0, null, null));
            while (_early.TryDequeue(out Happening happening))
            {
                _happenings.Enqueue(happening);
            }
        }

        onChange();
    }

    private void Add(Happening happening)
    {
        bool isFull;
        lock (_gate)
        {
            // A retained message may come before the last subscription is granted; the board first hears Opened.
            bool isEarly = happening.Kind == ChannelEventKind.Message && !_isOpen;
            Queue<Happening> queue = isEarly ? _early : _happenings;
            isFull = queue.Count >= MaxWaiting && happening.Kind != ChannelEventKind.Closed;
            if (!isFull)
            {
                queue.Enqueue(happening);
            }
        }

        if (isFull)
        {
            _ = _client!.DisposeAsync().AsTask();
        }

        onChange();
    }

    private MqttClientOptions Translate(ChannelOptions options) => new()
    {
        Host = options.Gateway.Host,
        Port = options.Gateway.MqttPort,
        Tls = options.Gateway.IsSecure
            ? PinnedAuthority.OptionsFor(authority?.Invoke(), options.Gateway.Host)
            : null,
        ClientId = options.ClientId,
        UserName = options.User,
        Password = Encoding.ASCII.GetBytes(options.Password),
        KeepAliveSeconds = options.KeepAliveSeconds,
        Will = new WillMessage(options.WillTopic, options.WillPayload, QualityOfService.AtLeastOnce, Retain: true),
        OnMessage = Receive,
        Time = time,
    };
}
