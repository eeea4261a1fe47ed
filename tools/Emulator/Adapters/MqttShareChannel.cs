using MicroFirmware.Mining;

namespace MicroFirmware.Emulator.Adapters;

/// <summary>The share channel of a virtual board: MQTT over TCP, in plain text or over TLS.</summary>
/// <param name="time">The clock of the keep-alive.</param>
/// <param name="onChange">Called from any thread when a poll would say something new.</param>
/// <param name="authority">The certificate authority that the board believes, DER; null or none: TLS fails.</param>
public sealed class MqttShareChannel(TimeProvider time, Action onChange, Func<byte[]?>? authority = null)
    : IShareChannel, IAsyncDisposable
{
    private ChannelConnection? _connection;
    private Task _leaving = Task.CompletedTask;

    /// <inheritdoc/>
    public void Open(ChannelOptions options)
    {
        Close();
        _connection = new ChannelConnection(time, onChange, authority);
        _ = _connection.RunAsync(options);
    }

    /// <inheritdoc/>
    public int Publish(string topic, byte[] payload, byte qos, bool retain) =>
        _connection?.Publish(topic, payload, qos, retain) ?? 0;

    /// <inheritdoc/>
    public ChannelEventKind Poll(ChannelEvent channelEvent) => _connection?.Poll(channelEvent) ?? ChannelEventKind.None;

    /// <inheritdoc/>
    public void Close()
    {
        if (_connection is not null)
        {
            _leaving = Task.WhenAll(_leaving, _connection.LeaveAsync());
            _connection = null;
        }
    }

    /// <summary>Leaves in order, and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        await _leaving;
    }
}
