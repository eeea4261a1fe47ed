using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Mqtt.Codec;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Protocol;

namespace MicroFirmware.Bench.Shares;

/// <summary>
/// A board of the load generator: a real connection, shares that were signed before the clock started, verdicts taken
/// at QoS 1 and acknowledged as a board does. It costs as little as it can, because it runs on the same two cores.
/// </summary>
internal sealed class LoadBoard : IAsyncDisposable
{
    private const int PubAckLength = 4;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _received = new byte[64 * 1024];
    private readonly byte[] _sent = new byte[64 * 1024];
    private readonly byte[] _shares;
    private readonly long[] _sentAt;
    private readonly int _shareLength;
    private readonly string _id;
    private readonly byte[] _key;
    private int _next;
    private int _acknowledged;
    private int _filled;

    private LoadBoard(string id, byte[] key, int shares)
    {
        (_id, _key) = (id, key);
        ArrayBufferWriter<byte> one = new();
        WriteShare(one, new byte[ShareRecord.Length], 1);
        _shareLength = one.WrittenCount;
        _shares = new byte[shares * _shareLength];
        _sentAt = new long[shares];
        LatencyMs = new double[shares];
    }

    /// <summary>Shares that were accepted.</summary>
    public int Accepted { get; private set; }

    /// <summary>Milliseconds from send to PUBACK, share by share.</summary>
    public double[] LatencyMs { get; }

    private int Total => _sentAt.Length;

    /// <summary>Enrols a board, gives it a lane, signs its shares and connects it.</summary>
    public static async Task<LoadBoard> StartAsync(GatewayHost gateway, int number, int shares)
    {
        byte[] key = new byte[Limits.KeyLength];
        BinaryPrimitives.WriteInt32LittleEndian(key, number + 1);
        string id = $"board-{number:d3}";
        await gateway.EnrolAsync(id, key);
        LoadBoard board = new(id, key, shares);
        board.Sign(gateway.Room<JobBoard>().Current!, gateway.Room<DeviceRegistry>().Find(id)!.Number);
        await board.ConnectAsync(gateway.MqttEndPoint.Port);
        return board;
    }

    /// <summary>Sends all shares, so many in flight, and ends when the last is acknowledged.</summary>
    public async Task FloodAsync(int inFlight)
    {
        await SendAsync(Math.Min(inFlight, Total));
        while (_acknowledged < Total)
        {
            int fresh = await ReceiveAsync();
            await SendAsync(Math.Min(fresh, Total - _next));
        }
    }

    /// <summary>Sends the next share, come what may; from a pacing thread.</summary>
    public void SendOne()
    {
        _sentAt[_next] = Stopwatch.GetTimestamp();
        _socket.Send(_shares.AsSpan(_next++ * _shareLength, _shareLength));
    }

    /// <summary>Takes what comes until all shares are acknowledged.</summary>
    public async Task ListenAsync()
    {
        while (_acknowledged < Total)
        {
            await ReceiveAsync();
            await FlushAsync();
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<int> ReadExactlyAsync(Socket socket, byte[] buffer, int count)
    {
        int have = 0;
        while (have < count)
        {
            int got = await socket.ReceiveAsync(buffer.AsMemory(have, count - have));
            have += got > 0 ? got : throw new IOException("The gateway closed the connection.");
        }

        return have;
    }

    private async Task ConnectAsync(int port)
    {
        await _socket.ConnectAsync("127.0.0.1", port);
        ArrayBufferWriter<byte> output = new();
        PacketEncoder.Write(output, new ConnectPacket
        {
            ClientId = _id,
            CleanSession = true,
            UserName = _id,
            Password = Encoding.ASCII.GetBytes(Credential.ForMqtt(_id, 1UL << 32, _key).ToMqttPassword()),
        });
        PacketEncoder.Write(output, new SubscribePacket(1, [new(Topics.Verdict(_id), QualityOfService.AtLeastOnce)]));
        await _socket.SendAsync(output.WrittenMemory);
        await ReadExactlyAsync(_socket, _received, 4 + 5);
        if (_received[3] != 0 || _received[8] != 1)
        {
            throw new IOException($"CONNACK {_received[3]}, SUBACK {_received[8]}: the gateway refused {_id}.");
        }
    }

    private void Sign(Job job, int owner)
    {
        if (!job.TryGrant(owner, 1, out LaneGrant grant))
        {
            throw new InvalidOperationException("The job has no lanes left.");
        }

        ArrayBufferWriter<byte> output = new(_shares.Length);
        byte[] record = new byte[ShareRecord.Length];
        for (int i = 0; i < Total; i++)
        {
            new ShareRecord
            {
                Sequence = (1UL << 32) + (ulong)i,
                JobId = job.Id,
                Lane = grant.Lane,
                HeaderVersion = grant.Header.Version,
                NTime = grant.Header.Time,
                Nonce = (uint)i,
            }.Write(record, 0, _key, _id);
            WriteShare(output, record, (ushort)((i % ushort.MaxValue) + 1));
        }

        output.WrittenSpan.CopyTo(_shares);
    }

    private void WriteShare(ArrayBufferWriter<byte> output, byte[] record, ushort packetId) =>
        PacketEncoder.Write(output, new PublishPacket
        {
            Topic = Encoding.ASCII.GetBytes(Topics.Share(_id)),
            Payload = record,
            QoS = QualityOfService.AtLeastOnce,
            PacketId = packetId,
        });

    private async ValueTask SendAsync(int shares)
    {
        long now = Stopwatch.GetTimestamp();
        for (int i = 0; i < shares; i++)
        {
            _sentAt[_next] = now;
            _shares.AsSpan(_next++ * _shareLength, _shareLength).CopyTo(_sent.AsSpan(_filled));
            _filled += _shareLength;
        }

        await FlushAsync();
    }

    private async ValueTask FlushAsync()
    {
        if (_filled > 0)
        {
            await _socket.SendAsync(_sent.AsMemory(0, _filled));
            _filled = 0;
        }
    }

    private int _have;

    /// <summary>Reads what there is; acknowledges verdicts into the send buffer.</summary>
    /// <returns>PUBACKs that came.</returns>
    private async ValueTask<int> ReceiveAsync()
    {
        int got = await _socket.ReceiveAsync(_received.AsMemory(_have));
        _have += got > 0 ? got : throw new IOException("The gateway closed the connection.");
        int fresh = 0;
        int at = 0;

        // Every packet that comes is shorter than 128 octets: one octet says how long it is.
        while (_have - at >= 2 && _have - at >= 2 + _received[at + 1])
        {
            fresh += Take(_received.AsSpan(at, 2 + _received[at + 1])) ? 1 : 0;
            at += 2 + _received[at + 1];
        }

        _received.AsSpan(at, _have - at).CopyTo(_received);
        _have -= at;
        return fresh;
    }

    private bool Take(ReadOnlySpan<byte> packet)
    {
        if (packet[0] >> 4 == (int)PacketType.PubAck)
        {
            LatencyMs[_acknowledged] = Stopwatch.GetElapsedTime(_sentAt[_acknowledged]).TotalMilliseconds;
            _acknowledged++;
            return true;
        }

        int topic = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        ReadOnlySpan<byte> ack = [0x40, 2, packet[4 + topic], packet[5 + topic]];
        ack.CopyTo(_sent.AsSpan(_filled, PubAckLength));
        _filled += PubAckLength;
        Accepted += packet[4 + topic + 2 + 1] == (byte)VerdictCode.Accepted ? 1 : 0;
        return false;
    }
}
