using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace MicroFirmware.Gateway.Tests.Stratum.Fuzz;

/// <summary>A connection without a socket.</summary>
internal sealed class MemoryTransport
{
    private readonly Pipe _toServer = new();
    private readonly Pipe _toMiner = new();

    public MemoryTransport(IPAddress from)
    {
        Context = new DefaultConnectionContext("fuzz", new Duplex(_toServer.Reader, _toMiner.Writer),
            new Duplex(_toMiner.Reader, _toServer.Writer))
        {
            RemoteEndPoint = new IPEndPoint(from, 1),
        };
        Context.ConnectionClosed.Register(() => _toServer.Writer.CancelPendingFlush());
    }

    public DefaultConnectionContext Context { get; }

    /// <summary>Sends octets; false where the server has ended the connection.</summary>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> octets)
    {
        FlushResult result = await _toServer.Writer.WriteAsync(octets);
        return !result.IsCompleted && !result.IsCanceled;
    }

    /// <summary>What has come from the server; null where it has ended the connection.</summary>
    public async Task<byte[]?> ReceiveAsync()
    {
        ReadResult result = await _toMiner.Reader.ReadAsync();
        byte[] octets = result.Buffer.ToArray();
        _toMiner.Reader.AdvanceTo(result.Buffer.End);
        return octets.Length == 0 && result.IsCompleted ? null : octets;
    }

    /// <summary>The miner hangs up.</summary>
    public async Task EndAsync()
    {
        await _toServer.Writer.CompleteAsync();
        await _toMiner.Reader.CompleteAsync();
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
