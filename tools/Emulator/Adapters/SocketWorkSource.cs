using MicroFirmware.Mining;

namespace MicroFirmware.Emulator.Adapters;

/// <summary>
/// The work source of a virtual board: TCP, in plain text or over TLS.
/// </summary>
/// <param name="onChange">Called from any thread when a poll would say something new.</param>
/// <param name="authority">The certificate authority that the board believes, DER; null or none: TLS fails.</param>
public sealed class SocketWorkSource(Action onChange, Func<byte[]?>? authority = null) : IWorkSource, IDisposable
{
    private SocketExchange? _exchange;

    /// <inheritdoc/>
    public void Begin(GatewayAddress gateway, byte[] request)
    {
        End();
        _exchange = new SocketExchange(onChange, authority);
        _ = _exchange.RunAsync(gateway, request);
    }

    /// <inheritdoc/>
    public TransferStatus Poll(byte[] buffer, out int count)
    {
        count = 0;
        return _exchange?.Poll(buffer, out count) ?? TransferStatus.Failed;
    }

    /// <inheritdoc/>
    public void End()
    {
        _exchange?.Dispose();
        _exchange = null;
    }

    /// <inheritdoc/>
    public void Dispose() => End();
}
