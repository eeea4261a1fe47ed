using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using MicroFirmware.Gateway;
using MicroFirmware.Mqtt.Codec;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Protocol;

namespace MicroFirmware.Bench.Stratum;

/// <summary>A board that waits for job notices over MQTT, and acknowledges them.</summary>
internal sealed class JobBoardClient : IDisposable
{
    private const int JobSubscription = 1;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _received = new byte[1_024];
    private int _have;

    /// <summary>Told of every job notice.</summary>
    public Action? OnJob { get; set; }

    /// <summary>Enrols a board, connects it and subscribes; the retained notice has come when this returns.</summary>
    public static async Task<JobBoardClient> StartAsync(GatewayHost gateway, int number)
    {
        byte[] key = new byte[Limits.KeyLength];
        BinaryPrimitives.WriteInt32LittleEndian(key, number + 1);
        string id = $"waiting-{number:d4}";
        await gateway.EnrolAsync(id, key);
        JobBoardClient client = new();
        await client._socket.ConnectAsync("127.0.0.1", gateway.MqttEndPoint.Port);
        ArrayBufferWriter<byte> output = new();
        PacketEncoder.Write(output, new ConnectPacket
        {
            ClientId = id,
            CleanSession = true,
            UserName = id,
            Password = Encoding.ASCII.GetBytes(Credential.ForMqtt(id, 1UL << 32, key).ToMqttPassword()),
        });
        PacketEncoder.Write(
            output, new SubscribePacket(JobSubscription, [new(Topics.Job, QualityOfService.AtLeastOnce)]));
        await client._socket.SendAsync(output.WrittenMemory);
        bool first = false;
        client.OnJob = () => first = true;
        while (!first)
        {
            await client.ReceiveAsync();
        }

        return client;
    }

    /// <summary>Takes notices until the gateway closes the connection.</summary>
    public async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                await ReceiveAsync();
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask ReceiveAsync()
    {
        int got = await _socket.ReceiveAsync(_received.AsMemory(_have));
        _have += got > 0 ? got : throw new IOException("The gateway closed the connection.");
        int at = 0;

        // Every packet that comes is shorter than 128 octets: one octet says how long it is.
        while (_have - at >= 2 && _have - at >= 2 + _received[at + 1])
        {
            if (_received[at] >> 4 == (int)PacketType.Publish)
            {
                OnJob?.Invoke();
                int topic = BinaryPrimitives.ReadUInt16BigEndian(_received.AsSpan(at + 2));
                byte[] ack = [0x40, 2, _received[at + 4 + topic], _received[at + 5 + topic]];
                await _socket.SendAsync(ack);
            }

            at += 2 + _received[at + 1];
        }

        _received.AsSpan(at, _have - at).CopyTo(_received);
        _have -= at;
    }
}
