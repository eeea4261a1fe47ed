using System.Net;
using System.Text;
using System.Threading.Channels;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Mining;
using MicroFirmware.Mqtt.Client;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Protocol;

namespace MicroFirmware.System.Tests;

/// <summary>A device operated by a test, message by message, so that it can also say what no firmware would.</summary>
internal sealed class HandBoard : IAsyncDisposable
{
    private readonly BoardIdentity _identity;
    private readonly Channel<Verdict> _verdicts = Channel.CreateUnbounded<Verdict>();
    private readonly HttpClient _http = new();
    private MqttClient _mqtt = null!;
    private ulong _counter = 1UL << 32;
    private ulong _sequence = 1UL << 32;

    private HandBoard(BoardIdentity identity) => _identity = identity;

    /// <summary>Connects to the broker and listens for verdicts.</summary>
    /// <exception cref="MqttException">The gateway refuses.</exception>
    public static async Task<HandBoard> ConnectAsync(BoardIdentity identity, GatewayAddress gateway)
    {
        var board = new HandBoard(identity);
        Credential credential = Credential.ForMqtt(identity.Id, board._counter++, identity.Key);
        board._mqtt = await MqttClient.ConnectAsync(new MqttClientOptions
        {
            Port = gateway.MqttPort,
            ClientId = identity.Id,
            UserName = identity.Id,
            Password = Encoding.ASCII.GetBytes(credential.ToMqttPassword()),
            OnMessage = board.Receive,
        });
        await board._mqtt.SubscribeAsync(Topics.Verdict(identity.Id), QualityOfService.AtLeastOnce);
        return board;
    }

    /// <summary>Asks for work once.</summary>
    public async Task<(HttpStatusCode Status, byte[] Body)> AskForWorkAsync(
        GatewayAddress gateway, ulong? counter = null)
    {
        Credential credential = Credential.ForWork(_identity.Id, counter ?? _counter++, _identity.Key);
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"http://{gateway.Host}:{gateway.HttpPort}/v1/work");
        request.Headers.TryAddWithoutValidation("Authorization", credential.ToHttp());
        using HttpResponseMessage answer = await _http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Asks for work and reads it.</summary>
    public async Task<WorkRecord> FetchAsync(GatewayAddress gateway)
    {
        (HttpStatusCode status, byte[] body) = await AskForWorkAsync(gateway);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(WorkRecord.IsAuthentic(body, 0, _identity.Key, _identity.Id));
        Assert.Equal(ParseStatus.Done, WorkRecord.Parse(body, 0, body.Length, out WorkRecord work));
        return work;
    }

    /// <summary>Searches the work for its first share.</summary>
    public ShareRecord Mine(WorkRecord work)
    {
        var sha = new Sha256();
        for (uint nonce = work.FirstNonce; nonce < work.LastNonce; nonce++)
        {
            if (Target.IsMet(BlockHeader.Hash(sha, work.Header, nonce), work.ShareTarget))
            {
                return new ShareRecord
                {
                    HeaderVersion = BitConverter.ToUInt32(work.Header, 0),
                    Sequence = NextSequence(),
                    JobId = work.JobId,
                    Lane = work.Lane,
                    NTime = BitConverter.ToUInt32(work.Header, 68),
                    Nonce = nonce,
                };
            }
        }

        throw new InvalidOperationException("The work holds no share.");
    }

    /// <summary>A sequence number that was not used before.</summary>
    public ulong NextSequence() => _sequence++;

    /// <summary>The share's octets, tagged with this device's key, or with another one.</summary>
    public byte[] Seal(ShareRecord share, byte[]? key = null)
    {
        byte[] octets = new byte[ShareRecord.Length];
        share.Write(octets, 0, key ?? _identity.Key, _identity.Id);
        return octets;
    }

    /// <summary>Publishes octets as a share and waits for the verdict on them.</summary>
    public async Task<Verdict> SendAsync(byte[] share)
    {
        await PublishAsync(Topics.Share(_identity.Id), share);
        return await _verdicts.Reader.ReadAsync().AsTask().WaitAsync(Rig.Deadline);
    }

    /// <summary>Publishes anything anywhere with QoS 1.</summary>
    public Task PublishAsync(string topic, byte[] payload) =>
        _mqtt.PublishAsync(topic, payload, QualityOfService.AtLeastOnce).WaitAsync(Rig.Deadline);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _mqtt.DisconnectAsync();
    }

    private void Receive(ReceivedMessage message)
    {
        byte[] octets = message.Payload.ToArray();
        Assert.Equal(ParseStatus.Done, Verdict.Parse(octets, 0, octets.Length, out Verdict verdict));
        _verdicts.Writer.TryWrite(verdict);
    }
}
