using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Codec;
using Microsoft.AspNetCore.Connections;

namespace MicroFirmware.Mqtt.Tests;

/// <summary>Octets to and from a broker over a pipe in memory; knows nothing of the protocol's rules.</summary>
internal sealed class RawClient
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly Pipe _toBroker;
    private readonly Pipe _toClient = new();

    /// <param name="broker">The broker.</param>
    /// <param name="address">Where the client seems to come from.</param>
    /// <param name="lockstep">Sending ends only when the broker has looked at what was sent.</param>
    /// <param name="aborting">What happens when the broker aborts the connection, before it is aborted.</param>
    public RawClient(
        MqttBroker broker, IPAddress? address = null, bool lockstep = false, Action? aborting = null)
    {
        _toBroker = new Pipe(lockstep
            ? new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1)
            : PipeOptions.Default);
        var connection = new Transport(
            new Duplex(_toBroker.Reader, _toClient.Writer), new Duplex(_toClient.Reader, _toBroker.Writer), aborting)
        {
            RemoteEndPoint = new IPEndPoint(address ?? IPAddress.Loopback, 1),
        };
        Served = broker.ServeAsync(connection);
    }

    /// <summary>Ends when the broker is done with this connection.</summary>
    public Task Served { get; }

    public async Task SendAsync(ReadOnlyMemory<byte> octets)
    {
        try
        {
            await _toBroker.Writer.WriteAsync(octets).AsTask().WaitAsync(s_patience);
        }
        catch (InvalidOperationException)
        {
            // The broker closed while this was sent; what it said before is there to be read.
        }
    }

    public Task SendAsync(string text) => SendAsync(PacketText.Parse(text));

    /// <summary>The connection breaks.</summary>
    public void Cut() => _toBroker.Writer.Complete();

    /// <summary>The next packet as text, or CLOSED.</summary>
    public async Task<string> NextAsync()
    {
        while (true)
        {
            ReadResult result = await _toClient.Reader.ReadAsync().AsTask().WaitAsync(s_patience);
            if (TryTake(result.Buffer, out string text))
            {
                return text;
            }

            if (result.IsCompleted)
            {
                return "CLOSED";
            }
        }
    }

    private bool TryTake(ReadOnlySequence<byte> buffer, out string text)
    {
        using var cursor = new PacketCursor(buffer, 10_000_000);
        text = "";
        ParseStatus status = cursor.TryRead(out PacketFrame frame);
        if (status == ParseStatus.Done && !PacketText.TryDescribe(frame, out text, out _, out ProtocolError error))
        {
            text = $"INVALID {error}";
        }

        if (status == ParseStatus.Invalid)
        {
            text = $"INVALID {cursor.Error}";
        }

        _toClient.Reader.AdvanceTo(cursor.Consumed, status == ParseStatus.Done ? cursor.Consumed : buffer.End);
        return status != ParseStatus.NeedMore;
    }

    private sealed class Transport(IDuplexPipe transport, IDuplexPipe application, Action? aborting)
        : DefaultConnectionContext("memory", transport, application)
    {
        public override void Abort(ConnectionAbortedException abortReason)
        {
            aborting?.Invoke();
            base.Abort(abortReason);
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
