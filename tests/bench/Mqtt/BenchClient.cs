using System.Buffers;
using System.Net;
using System.Net.Sockets;
using MicroFirmware.Mqtt.Codec;
using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Bench.Mqtt;

/// <summary>A socket that speaks just enough MQTT to load a broker, at little cost to itself.</summary>
internal sealed class BenchClient : IDisposable
{
    private const int BufferSize = 64 * 1024;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
    };

    private byte[] _input = [];
    private int _filled;

    /// <summary>What a packet that has come is handed to.</summary>
    public delegate void Receive(in PacketFrame frame);

    public static async Task<BenchClient> ConnectAsync(int port, string clientId, bool clean = true)
    {
        var client = new BenchClient();
        await client._socket.ConnectAsync(IPAddress.Loopback, port);
        var connect = new ArrayBufferWriter<byte>(64);
        PacketEncoder.Write(connect, new ConnectPacket { ClientId = clientId, CleanSession = clean });
        await client._socket.SendAsync(connect.WrittenMemory);
        byte[] answer = new byte[4];
        int read = 0;
        while (read < answer.Length)
        {
            int count = await client._socket.ReceiveAsync(answer.AsMemory(read));
            read += count > 0 ? count : throw new IOException("The broker closed the connection.");
        }

        return answer[3] == 0 ? client : throw new IOException($"The broker refused: code {answer[3]}.");
    }

    public async Task SendAsync(ReadOnlyMemory<byte> octets)
    {
        while (octets.Length > 0)
        {
            octets = octets[await _socket.SendAsync(octets)..];
        }
    }

    /// <summary>Waits for octets and hands over every whole packet among them.</summary>
    public async Task ReceiveAsync(Receive receive)
    {
        _input = _input.Length == 0 ? new byte[BufferSize] : _input;
        int count = await _socket.ReceiveAsync(_input.AsMemory(_filled));
        _filled += count > 0 ? count : throw new IOException("The broker closed the connection.");
        int at = 0;
        while (PacketFrame.TryRead(_input.AsSpan(at.._filled), BufferSize, out PacketFrame frame, out int length, out _)
            == ParseStatus.Done)
        {
            receive(frame);
            at += length;
        }

        _input.AsSpan(at.._filled).CopyTo(_input);
        _filled -= at;
    }

    public void Dispose() => _socket.Dispose();
}
