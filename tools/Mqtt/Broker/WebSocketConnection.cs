using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MicroFirmware.Mqtt.Broker;

/// <summary>A WebSocket as a transport: frames in, a stream of octets out, and back (MQTT 3.1.1 §6).</summary>
internal sealed class WebSocketConnection : ConnectionContext, IDuplexPipe
{
    private readonly HttpContext _http;
    private readonly WebSocket _socket;
    private readonly Pipe _in = new(new PipeOptions(useSynchronizationContext: false));
    private readonly Pipe _out = new(new PipeOptions(useSynchronizationContext: false));
    private readonly CancellationTokenSource _closed = new();

    public WebSocketConnection(HttpContext http, WebSocket socket)
    {
        _http = http;
        _socket = socket;
        Transport = this;
        Items = new Dictionary<object, object?>();
        ConnectionClosed = _closed.Token;
        ConnectionId = http.Connection.Id;
        Features.Set(http.Features.Get<ITlsConnectionFeature>());
        RemoteEndPoint = http.Connection.RemoteIpAddress is { } address
            ? new IPEndPoint(address, http.Connection.RemotePort)
            : null;
    }

    public override string ConnectionId { get; set; }

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; }

    public override IDuplexPipe Transport { get; set; }

    public override CancellationToken ConnectionClosed { get; set; }

    public PipeReader Input => _in.Reader;

    public PipeWriter Output => _out.Writer;

    /// <summary>Serves MQTT until one side ends it.</summary>
    public async Task ServeAsync(MqttBroker broker)
    {
        Task receiving = ReceiveAsync();
        Task sending = SendAsync();
        await broker.ServeAsync(this);
        await sending;
        await _closed.CancelAsync();
        await receiving;
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _out.Reader.CancelPendingRead();
        _http.Abort();
    }

    public override ValueTask DisposeAsync()
    {
        _closed.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult result = await _socket.ReceiveAsync(_in.Writer.GetMemory(), _closed.Token);
                if (result.MessageType != WebSocketMessageType.Binary)
                {
                    break;
                }

                _in.Writer.Advance(result.Count);
                FlushResult flushed = await _in.Writer.FlushAsync(_closed.Token);
                if (flushed.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The client is gone; the broker learns it from the end of its input.
        }

        await _in.Writer.CompleteAsync();
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                ReadResult result = await _out.Reader.ReadAsync();
                foreach (ReadOnlyMemory<byte> octets in result.Buffer)
                {
                    await _socket.SendAsync(octets, WebSocketMessageType.Binary, true, CancellationToken.None);
                }

                _out.Reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted || result.IsCanceled)
                {
                    break;
                }
            }

            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The client is gone; writing more is in vain.
        }

        await _out.Reader.CompleteAsync();
    }
}
