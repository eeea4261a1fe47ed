using System.IO.Pipelines;
using System.Net;
using MicroFirmware.Mqtt.Codec;
using MicroFirmware.Mqtt.Packets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>One client's connection: from its CONNECT to its end.</summary>
internal sealed partial class BrokerConnection(MqttBroker broker, ConnectionContext transport)
{
    private readonly PipeReader _input = transport.Transport.Input;
    private readonly PipeWriter _output = transport.Transport.Output;
    private BrokerSession? _session;
    private WillMessage? _will;
    private AsyncGate? _gate;
    private long _lastPacketMs = broker.NowMs;
    private long _partialSinceMs;
    private long _keepAliveMs;
    private bool _isHeldUp;
    private bool _isPenalised;
    private int _closed;

    /// <summary>Somebody writes; guarded by the session's lock. Begins true: CONNACK is written first.</summary>
    public bool IsDraining { get; set; } = true;

    /// <summary>The batch in which this connection waits to be drained.</summary>
    public long BatchStamp { get; set; }

    /// <summary>Where the broker keeps this connection in its list.</summary>
    public int Place { get; set; } = -1;

    public EndPoint? RemoteEndPoint => transport.RemoteEndPoint;

    /// <summary>Opened when a reason to wait before reading on may be gone.</summary>
    public AsyncGate Gate => _gate ?? Interlocked.CompareExchange(ref _gate, new AsyncGate(), null) ?? _gate;

    private bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>Serves the connection to its end; does not throw.</summary>
    public async Task RunAsync()
    {
        try
        {
            if (await ShakeHandsAsync())
            {
                await ReadPacketsAsync();
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The transport's ways of saying that the client is gone.
        }
        catch (Exception e)
        {
            broker.Log.Failed(_session?.ClientId, e);
        }
        finally
        {
            Close(CloseReason.ConnectionLost);
            await EndWritingAsync();
            if (_isPenalised)
            {
                await broker.Penalties.HoldAsync(transport);
            }

            await _input.CompleteAsync();
            await _output.CompleteAsync();
        }
    }

    /// <summary>The connection gets its session; from now on, whoever closes it ends or keeps that too.</summary>
    public void Adopt(BrokerSession session) => _session = session;

    /// <summary>Ends the connection; from any thread, any number of times, only the first counts.</summary>
    public void Close(CloseReason reason)
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
        {
            return;
        }

        _isPenalised = IsFault(reason) && broker.Penalties.TryHold(RemoteEndPoint);
        broker.OnClosed(this, _session, reason, _will);
        _gate?.Open();
        if (reason is CloseReason.Disconnected or CloseReason.Refused)
        {
            return;
        }

        _input.CancelPendingRead();
        if (reason != CloseReason.ConnectionLost && !_isPenalised)
        {
            Abort($"MQTT: {reason}");
        }
    }

    /// <summary>Closes the connection if it was silent, slow or stalled for too long.</summary>
    public void CheckTime(long nowMs)
    {
        BrokerOptions options = broker.Options;
        long silentMs = nowMs - Volatile.Read(ref _lastPacketMs);
        long partialSinceMs = Volatile.Read(ref _partialSinceMs);
        if (_session is null)
        {
            if (silentMs > options.ConnectTimeout.TotalMilliseconds)
            {
                Close(CloseReason.ConnectTimeout);
            }
        }
        else if (_keepAliveMs > 0 && silentMs > _keepAliveMs && !Volatile.Read(ref _isHeldUp))
        {
            Close(CloseReason.KeepAliveTimeout);
        }
        else if (partialSinceMs > 0 && nowMs - partialSinceMs > options.PacketTimeout.TotalMilliseconds)
        {
            Close(CloseReason.PacketTimeout);
        }
        else if (_session.IsStalled(nowMs))
        {
            Close(CloseReason.TooSlow);
        }
        else if (_budget is { IsSpent: true })
        {
            Gate.Open();
        }
    }

    /// <summary>What a client does not do by misfortune, and would do again at once.</summary>
    private static bool IsFault(CloseReason reason) =>
        reason is CloseReason.ProtocolError or CloseReason.Refused or CloseReason.NotAuthorized;

    private void Abort(string why)
    {
        try
        {
            transport.Abort(new ConnectionAbortedException(why));
            _output.CancelPendingFlush();
        }
        catch (ObjectDisposedException)
        {
            // The client went at the same moment. Whoever closes others must come to the next one.
        }
    }

    private async Task<bool> ShakeHandsAsync()
    {
        ConnectPacket? connect = await ReadConnectAsync();
        if (connect is null)
        {
            return false;
        }

        ConnectReturnCode code = Check(ref connect);
        ConnectDecision decision = code != ConnectReturnCode.Accepted
            ? ConnectDecision.Refuse(code)
            : await broker.Authority.AuthenticateAsync(ToAttempt(connect), transport.ConnectionClosed);
        if (decision.Code != ConnectReturnCode.Accepted)
        {
            return await RefuseAsync(connect, decision.Code);
        }

        _will = connect.Will;
        _keepAliveMs = connect.KeepAliveSeconds * 1500L;
        code = broker.TryOpenSession(this, connect, decision.Identity, out bool present);
        return code == ConnectReturnCode.Accepted
            ? await AcceptAsync(connect, present)
            : await RefuseAsync(connect, code);
    }

    private ConnectReturnCode Check(ref ConnectPacket connect)
    {
        if (connect.ProtocolLevel != ConnectPacket.Level311)
        {
            return ConnectReturnCode.UnacceptableProtocolVersion;
        }

        if (connect.ClientId.Length == 0)
        {
            if (!connect.CleanSession)
            {
                return ConnectReturnCode.IdentifierRejected;
            }

            connect = connect with { ClientId = MqttBroker.NewClientId() };
        }

        return connect.ClientId.Length > broker.Options.MaxClientIdLength ? ConnectReturnCode.IdentifierRejected
            : broker.HasRoomFor(this) ? ConnectReturnCode.Accepted
            : ConnectReturnCode.ServerUnavailable;
    }

    private ConnectAttempt ToAttempt(ConnectPacket connect) => new(
        connect.ClientId,
        connect.UserName,
        connect.Password ?? default,
        transport.RemoteEndPoint,
        transport.Features.Get<ITlsConnectionFeature>()?.ClientCertificate);

    private async ValueTask<bool> RefuseAsync(ConnectPacket connect, ConnectReturnCode code)
    {
        _will = null;
        broker.Log.Refused(connect.ClientId, RemoteEndPoint, code);
        PacketEncoder.Write(_output, new ConnAckPacket(false, code));
        await _output.FlushAsync();
        Close(CloseReason.Refused);
        return false;
    }

    private async ValueTask<bool> AcceptAsync(ConnectPacket connect, bool present)
    {
        if (connect.Will is { } will && !broker.IsAllowedWill(_session!, will))
        {
            _session!.EndDrain(this);
            return await RefuseAsync(connect, ConnectReturnCode.NotAuthorized);
        }

        // Nobody drains before this: CONNACK is the first packet the client sees.
        PacketEncoder.Write(_output, new ConnAckPacket(present, ConnectReturnCode.Accepted));
        await _output.FlushAsync();
        _ = DrainAsync(_session!);
        return !IsClosed;
    }
}
