using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using MicroFirmware.Mqtt.Codec;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Client;

/// <summary>
/// One connection to a broker. It does not reconnect: when <see cref="Completion"/> ends, its user makes a new one.
/// Outgoing messages that were not acknowledged are the user's to send again.
/// </summary>
public sealed partial class MqttClient : IAsyncDisposable
{
    private readonly MqttClientOptions _options;
    private readonly Stream _stream;
    private readonly PipeReader _input;
    private readonly PipeWriter _output;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _ended = new();
    private ITimer? _pings;
    private int _isEnding;
    private volatile bool _isLeaving;
    private bool _pongMissing;

    private MqttClient(MqttClientOptions options, Stream stream)
    {
        _options = options;
        _stream = stream;
        _input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));
        _output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }

    /// <summary>The server had kept this client's session.</summary>
    public bool SessionPresent { get; private set; }

    /// <summary>Nothing the client asked for with a ping is still to come.</summary>
    internal bool HasAnswered => !Volatile.Read(ref _pongMissing);

    /// <summary>Ends when the connection does: well after <see cref="DisconnectAsync"/>, with an
    /// <see cref="MqttException"/> otherwise.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Connects over TCP, or over TLS if the options say so.</summary>
    /// <exception cref="MqttException">The broker cannot be reached, or refuses.</exception>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public static async Task<MqttClient> ConnectAsync(
        MqttClientOptions options, CancellationToken cancellation = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.ConnectTimeout);
        try
        {
            Stream stream = await OpenAsync(options, limit.Token);
            return await ConnectAsync(options, stream, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new MqttException($"No answer from {options.Host}:{options.Port} in {options.ConnectTimeout}.");
        }
        catch (Exception e) when (e is SocketException or IOException and not MqttException)
        {
            throw new MqttException($"No connection to {options.Host}:{options.Port}: {e.Message}", e);
        }
    }

    /// <summary>Connects over a stream that is there already; it is closed with the client.</summary>
    /// <exception cref="MqttException">The broker refuses or answers with something else.</exception>
    public static async Task<MqttClient> ConnectAsync(
        MqttClientOptions options, Stream stream, CancellationToken cancellation)
    {
        var client = new MqttClient(options, stream);
        try
        {
            await client.ShakeHandsAsync(cancellation);
            client.Start();
            return client;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Publishes a message.</summary>
    /// <param name="topic">The topic name.</param>
    /// <param name="payload">The octets; they must not change before this completes.</param>
    /// <param name="qos">QoS 0 completes when it is written, 1 with PUBACK, 2 with PUBCOMP.</param>
    /// <param name="retain">The server shall keep it.</param>
    /// <param name="cancellation">Gives up waiting; the message may have been sent.</param>
    /// <exception cref="MqttException">The connection has ended: the message may or may not have arrived.</exception>
    public async Task PublishAsync(
        string topic,
        ReadOnlyMemory<byte> payload,
        QualityOfService qos = QualityOfService.AtMostOnce,
        bool retain = false,
        CancellationToken cancellation = default)
    {
        if (!TopicRules.IsName(topic))
        {
            throw new ArgumentException($"'{topic}' is not a topic name.", nameof(topic));
        }

        byte[] name = Encoding.UTF8.GetBytes(topic);
        PendingAnswer? pending = qos == QualityOfService.AtMostOnce ? null : AddPending(qos);
        await WriteAsync(
            output => PacketEncoder.Write(output, new PublishPacket
            {
                Topic = name,
                Payload = payload.Span,
                QoS = qos,
                Retain = retain,
                PacketId = pending?.PacketId ?? 0,
            }),
            cancellation);
        if (pending is not null)
        {
            await pending.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Subscribes.</summary>
    /// <param name="filter">The topic filter.</param>
    /// <param name="qos">The best quality wanted.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The quality that was granted, or null if the server refused.</returns>
    /// <exception cref="MqttException">The connection has ended.</exception>
    public async Task<QualityOfService?> SubscribeAsync(
        string filter,
        QualityOfService qos = QualityOfService.AtMostOnce,
        CancellationToken cancellation = default)
    {
        if (!TopicRules.IsFilter(filter))
        {
            throw new ArgumentException($"'{filter}' is not a topic filter.", nameof(filter));
        }

        PendingAnswer pending = AddPending(qos);
        var packet = new SubscribePacket(pending.PacketId, [new SubscriptionRequest(filter, qos)]);
        await WriteAsync(output => PacketEncoder.Write(output, packet), cancellation);
        byte code = await pending.Task.WaitAsync(cancellation);
        return code == SubAckPacket.Refused ? null : (QualityOfService)code;
    }

    /// <summary>Gives a subscription up.</summary>
    /// <exception cref="MqttException">The connection has ended.</exception>
    public async Task UnsubscribeAsync(string filter, CancellationToken cancellation = default)
    {
        PendingAnswer pending = AddPending(QualityOfService.AtMostOnce);
        var packet = new UnsubscribePacket(pending.PacketId, [filter]);
        await WriteAsync(output => PacketEncoder.Write(output, packet), cancellation);
        await pending.Task.WaitAsync(cancellation);
    }

    /// <summary>Leaves in good order: the will is not published.</summary>
    public async Task DisconnectAsync()
    {
        // Before the packet leaves: the broker may close while it is still being written.
        _isLeaving = true;
        try
        {
            await WriteAsync(output => PacketEncoder.WriteEmpty(output, PacketType.Disconnect), default);
        }
        catch (MqttException)
        {
            // It was gone already; that is what the caller wants.
        }

        await DisposeAsync();
    }

    /// <summary>Drops the connection without DISCONNECT: the will is published.</summary>
    public async ValueTask DisposeAsync()
    {
        End(null);
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task<Stream> OpenAsync(MqttClientOptions options, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellation);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (options.Tls is null)
            {
                return stream;
            }

            var tls = new SslStream(stream);
            await tls.AuthenticateAsClientAsync(options.Tls, cancellation);
            return tls;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task ShakeHandsAsync(CancellationToken cancellation)
    {
        PacketEncoder.Write(_output, new ConnectPacket
        {
            ClientId = _options.ClientId,
            CleanSession = _options.CleanSession,
            KeepAliveSeconds = _options.KeepAliveSeconds,
            Will = _options.Will,
            UserName = _options.UserName,
            Password = _options.Password,
        });
        await _output.FlushAsync(cancellation);
        while (true)
        {
            ReadResult result = await _input.ReadAsync(cancellation);
            if (TryTakeConnAck(result, out ConnAckPacket answer))
            {
                SessionPresent = answer.SessionPresent;
                return;
            }
        }
    }

    private bool TryTakeConnAck(ReadResult result, out ConnAckPacket answer)
    {
        using var cursor = new PacketCursor(result.Buffer, _options.MaxPacketSizeBytes);
        answer = default;
        ParseStatus status = cursor.TryRead(out PacketFrame frame);
        if (status == ParseStatus.NeedMore)
        {
            _input.AdvanceTo(cursor.Consumed, result.Buffer.End);
            return !result.IsCompleted ? false : throw new MqttException("The broker closed without an answer.");
        }

        if (status == ParseStatus.Invalid || frame.Type != PacketType.ConnAck
            || !PacketDecoder.TryReadConnAck(frame.Body, out answer, out _))
        {
            throw new MqttException("What answers there is not an MQTT 3.1.1 broker.");
        }

        _input.AdvanceTo(cursor.Consumed);
        return answer.ReturnCode == ConnectReturnCode.Accepted ? true : throw new MqttException(answer.ReturnCode);
    }

    private void Start()
    {
        Completion = ReadAsync();
        if (_options.KeepAliveSeconds > 0)
        {
            var interval = TimeSpan.FromSeconds(_options.KeepAliveSeconds);
            _pings = _options.Time.CreateTimer(_ => Ping(), null, interval, interval);
        }
    }

    private void Ping()
    {
        if (_pongMissing)
        {
            End(new MqttException($"The broker was silent for {_options.KeepAliveSeconds} s."));
            return;
        }

        _pongMissing = true;
        _ = WriteAsync(output => PacketEncoder.WriteEmpty(output, PacketType.PingReq), default)
            .ContinueWith(static t => _ = t.Exception, TaskScheduler.Default);
    }

    private async Task WriteAsync(Action<PipeWriter> write, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            ObjectDisposedException.ThrowIf(_ended.IsCancellationRequested, this);
            write(_output);
            await _output.FlushAsync(_ended.Token);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException
            or InvalidOperationException)
        {
            var failure = new MqttException("The connection has ended.", e);
            End(failure);
            throw failure;
        }
        finally
        {
            _writing.Release();
        }
    }
}
