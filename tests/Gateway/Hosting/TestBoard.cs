using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.WebSockets;
using System.Text;
using MicroFirmware.Bitcoin;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Client;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Hosting;

/// <summary>A board on real sockets, reduced to what the wire shows: it asks, hashes, publishes and listens.</summary>
internal sealed class TestBoard(int httpPort, int mqttPort, string id, byte[] key) : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private static readonly HttpClient s_http = new();

    private readonly ConcurrentDictionary<ulong, TaskCompletionSource<Verdict>> _verdicts = new();
    private ulong _counter = 1UL << 32;

    public MqttClient Mqtt { get; private set; } = null!;

    public string Id => id;

    /// <summary>Told of every verdict.</summary>
    public Action<Verdict>? Heard { get; set; }

    /// <summary>Gets every command's octets.</summary>
    public Action<byte[]>? HeardCommand { get; init; }

    /// <summary>How it speaks TLS; null for plain TCP.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>The path of the gateway's WebSocket, if it comes by that.</summary>
    public string? WebSocketPath { get; init; }

    /// <summary>False leaves a session behind.</summary>
    public bool CleanSession { get; init; } = true;

    /// <summary>Connects, listens to verdicts and says that it is online.</summary>
    public async Task ConnectAsync()
    {
        Credential credential = Credential.ForMqtt(id, ++_counter, key);
        Mqtt = await OpenAsync(new MqttClientOptions
        {
            Port = mqttPort,
            Tls = Tls,
            CleanSession = CleanSession,
            ClientId = id,
            UserName = id,
            Password = Encoding.ASCII.GetBytes(credential.ToMqttPassword()),
            Will = new WillMessage(Topics.Status(id), "offline"u8.ToArray(), QualityOfService.AtLeastOnce, true),
            OnMessage = OnMessage,
        });
        await Mqtt.SubscribeAsync(Topics.Verdict(id), QualityOfService.AtLeastOnce);
        await Mqtt.PublishAsync(Topics.Status(id), "online"u8.ToArray(), QualityOfService.AtLeastOnce, true);
    }

    /// <summary>Connects with counters above one, as a board does after it was told the floor.</summary>
    public Task ReconnectAboveAsync(ulong counter)
    {
        _counter = counter;
        return ConnectAsync();
    }

    /// <summary>Asks for work as the protocol has it.</summary>
    public Task<HttpResponseMessage> AskAsync(ulong? counter = null, byte[]? withKey = null) =>
        AskAsync(Credential.ForWork(id, counter ?? ++_counter, withKey ?? key).ToHttp());

    public async Task<HttpResponseMessage> AskAsync(string authorization)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"http://127.0.0.1:{httpPort}/v1/work");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await s_http.SendAsync(request).WaitAsync(s_patience);
    }

    public async Task<WorkRecord> FetchAsync()
    {
        using HttpResponseMessage answer = await AskAsync();
        answer.EnsureSuccessStatusCode();
        byte[] octets = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(Protocol.ParseStatus.Done, WorkRecord.Parse(octets, 0, octets.Length, out WorkRecord work));
        Assert.True(WorkRecord.IsAuthentic(octets, 0, key, id));
        return work;
    }

    /// <summary>Hashes until a header meets the share target, from a nonce on.</summary>
    public static ShareRecord Mine(WorkRecord work, ulong sequence, uint fromNonce = 0)
    {
        UInt256 target = new(work.ShareTarget);
        return Mine(work, sequence, hash => hash <= target, fromNonce);
    }

    /// <summary>Hashes until a header meets a target of the test's own.</summary>
    public static ShareRecord Mine(WorkRecord work, ulong sequence, UInt256 target) =>
        Mine(work, sequence, hash => hash <= target);

    /// <summary>Hashes until a hash is as the test wants it.</summary>
    public static ShareRecord Mine(WorkRecord work, ulong sequence, Func<UInt256, bool> wanted, uint fromNonce = 0)
    {
        byte[] header = [.. work.Header, 0, 0, 0, 0];
        for (uint nonce = fromNonce; ; nonce++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(76), nonce);
            if (wanted(Sha256d.HashHeader(header).Number))
            {
                return new ShareRecord
                {
                    Sequence = sequence,
                    JobId = work.JobId,
                    Lane = work.Lane,
                    HeaderVersion = BinaryPrimitives.ReadUInt32LittleEndian(header),
                    NTime = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(68)),
                    Nonce = nonce,
                };
            }
        }
    }

    /// <summary>Publishes a share and waits for PUBACK and verdict.</summary>
    public Task<Verdict> SendAsync(ShareRecord share, byte[]? withKey = null)
    {
        byte[] octets = new byte[ShareRecord.Length];
        share.Write(octets, 0, withKey ?? key, id);
        return SendAsync(octets, share.Sequence);
    }

    /// <summary>Publishes octets; their verdict is the next one for the sequence given.</summary>
    public async Task<Verdict> SendAsync(byte[] octets, ulong sequence)
    {
        TaskCompletionSource<Verdict> verdict = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _verdicts[sequence] = verdict;
        await Mqtt.PublishAsync(Topics.Share(id), octets, QualityOfService.AtLeastOnce).WaitAsync(s_patience);
        return await verdict.Task.WaitAsync(s_patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (Mqtt is not null)
        {
            await Mqtt.DisposeAsync();
        }
    }

    private async Task<MqttClient> OpenAsync(MqttClientOptions options)
    {
        if (WebSocketPath is null)
        {
            return await MqttClient.ConnectAsync(options);
        }

        ClientWebSocket socket = new();
        socket.Options.AddSubProtocol(MqttWebSocketExtensions.SubProtocol);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{httpPort}{WebSocketPath}"), default);
        Stream stream = WebSocketStream.Create(socket, WebSocketMessageType.Binary, ownsWebSocket: true);
        return await MqttClient.ConnectAsync(options, stream, default);
    }

    private void OnMessage(ReceivedMessage message)
    {
        byte[] octets = message.Payload.ToArray();
        if (message.Topic == Topics.Command(id))
        {
            HeardCommand?.Invoke(octets);
            return;
        }

        Assert.Equal(Protocol.ParseStatus.Done, Verdict.Parse(octets, 0, octets.Length, out Verdict verdict));
        Heard?.Invoke(verdict);
        if (_verdicts.TryRemove(verdict.Sequence, out TaskCompletionSource<Verdict>? waiting))
        {
            waiting.SetResult(verdict);
        }
    }
}
