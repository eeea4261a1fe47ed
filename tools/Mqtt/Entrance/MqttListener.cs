using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using MicroFirmware.Mqtt.Broker;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace MicroFirmware.Mqtt.Entrance;

/// <summary>
/// Accepts sockets and asks the doorkeeper before anything is made for them: no buffers, no TLS, no tasks of Kestrel's.
/// It accepts so many a second at most: however many come, those who are served already keep the processor.
/// </summary>
internal sealed class MqttListener : IConnectionListener
{
    // Kestrel takes them at once; a few may come in between.
    private const int MaxAdmitted = 64;
    private const int BurstsPerSecond = 10;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromMilliseconds(100);

    private readonly Socket _listening;
    private readonly MqttBroker _broker;
    private readonly SocketConnectionContextFactory _connections;
    private readonly Channel<Socket> _admitted = Channel.CreateBounded<Socket>(MaxAdmitted);
    private readonly CancellationTokenSource _stop = new();
    private readonly RateBudget? _pace;
    private readonly Task _accepting;

    /// <param name="listening">The socket; the listener's to dispose.</param>
    /// <param name="broker">Its doorkeeper decides on each client.</param>
    /// <param name="connections">Makes connections of those who are let in; the listener's to dispose.</param>
    public MqttListener(Socket listening, MqttBroker broker, SocketConnectionContextFactory connections)
    {
        (_listening, _broker, _connections) = (listening, broker, connections);
        int perSecond = broker.Options.MaxConnectsPerSecond;
        _pace = perSecond == 0 ? null : new RateBudget(
            perSecond, Math.Max(1, perSecond / BurstsPerSecond), broker.NowMs);
        EndPoint = listening.LocalEndPoint!;
        _accepting = Task.Run(AcceptAllAsync);
    }

    /// <inheritdoc/>
    public EndPoint EndPoint { get; }

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _admitted.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_admitted.Reader.TryRead(out Socket? socket) && TryConnect(socket) is { } connection)
            {
                return connection;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _stop.CancelAsync();
        _listening.Dispose();
        await _accepting;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        while (_admitted.Reader.TryRead(out Socket? socket))
        {
            Refuse(socket);
        }

        _connections.Dispose();
    }

    /// <summary>Null for a client that is gone: an exception here would end Kestrel's accepting for good.</summary>
    private ConnectionContext? TryConnect(Socket socket)
    {
        try
        {
            ConnectionContext connection = _connections.Create(socket);
            connection.Features.Set(_broker.Door);
            return connection;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    private async Task AcceptAllAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                await AcceptNextAsync();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The listener stops.
        }
        finally
        {
            _admitted.Writer.Complete();
        }
    }

    private async ValueTask AcceptNextAsync()
    {
        try
        {
            await KeepPaceAsync();
            await AdmitAsync(await _listening.AcceptAsync(_stop.Token));
        }
        catch (SocketException e) when (!_stop.IsCancellationRequested)
        {
            // A client that went before it was accepted must not keep the next one waiting; no descriptor left must.
            if (e.SocketErrorCode is not (SocketError.ConnectionAborted or SocketError.ConnectionReset))
            {
                await PauseAsync(s_pauseAfterFailure);
            }
        }
    }

    /// <summary>Those who have to wait do so in the system's queue, and are not connected at all when that is full.
    /// </summary>
    private async ValueTask KeepPaceAsync()
    {
        _pace?.Fill(_broker.NowMs);
        while (_pace is { IsSpent: true } && !_stop.IsCancellationRequested)
        {
            await PauseAsync(s_pause);
            _pace.Fill(_broker.NowMs);
        }

        _pace?.Take();
    }

    private async ValueTask PauseAsync(TimeSpan time) =>
        await Task.Delay(time, _broker.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private ValueTask AdmitAsync(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            ValueTask<bool> turn = _broker.Door.EnterAsync(socket.RemoteEndPoint, () => HasLeft(socket));
            ValueTask admitted = AdmitAsync(socket, turn);

            // Those who wait do not keep the next one from being asked.
            return turn.IsCompleted ? admitted : default;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return default;
        }
    }

    private async ValueTask AdmitAsync(Socket socket, ValueTask<bool> turn)
    {
        try
        {
            if (await turn)
            {
                await _admitted.Writer.WriteAsync(socket, _stop.Token);
                return;
            }
        }
        catch (Exception e) when (e is ChannelClosedException or OperationCanceledException)
        {
            // The listener stops.
        }

        Refuse(socket);
    }

    /// <summary>An end of input, before anything came: MQTT has no use for a client that cannot be asked.</summary>
    private static bool HasLeft(Socket socket)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>With a reset: the system keeps nothing of the connection.</summary>
    private static void Refuse(Socket socket) => socket.Close(0);
}
