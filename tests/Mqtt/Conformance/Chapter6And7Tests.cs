using System.Net.WebSockets;

namespace MicroFirmware.Mqtt.Tests.Conformance;

/// <summary>MQTT 3.1.1, chapters 6 and 7: WebSocket, and what a server must be.</summary>
public sealed class Chapter6And7Tests
{
    [Fact]
    public async Task MQTT_6_0_0_1_text_frame_closes()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        using ClientWebSocket socket = await ConnectAsync(host, "mqtt");
        await SendAsync(socket, "CONNECT a clean");
        Assert.Equal(("20020000", WebSocketMessageType.Binary), await ReceiveAsync(socket));

        await socket.SendAsync("text"u8.ToArray(), WebSocketMessageType.Text, true, default);

        (_, WebSocketMessageType type) = await ReceiveAsync(socket);
        Assert.Equal(WebSocketMessageType.Close, type);
    }

    [Fact]
    public async Task MQTT_6_0_0_2_packets_and_frames_need_not_coincide()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        using ClientWebSocket socket = await ConnectAsync(host, "mqtt");
        byte[] octets =
        [
            .. PacketText.Parse("CONNECT a clean"), .. PacketText.Parse("PINGREQ"), .. PacketText.Parse("PINGREQ"),
        ];

        foreach (byte[] piece in octets.Chunk(5))
        {
            await socket.SendAsync(piece, WebSocketMessageType.Binary, true, default);
        }

        string received = "";
        while (received.Length < 16)
        {
            received += (await ReceiveAsync(socket)).Hex;
        }

        Assert.Equal("20020000D000D000", received);
    }

    [Fact]
    public async Task MQTT_6_0_0_3_client_that_does_not_offer_mqtt_is_refused()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();

        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(host, "chat"));
    }

    [Fact]
    public async Task MQTT_6_0_0_4_server_chooses_the_sub_protocol_mqtt()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        using ClientWebSocket socket = await ConnectAsync(host, "mqttv3.1", "mqtt");

        Assert.Equal("mqtt", socket.SubProtocol);
    }

    [Fact]
    public async Task MQTT_7_1_1_1_tcp_tls_and_websocket_carry_the_same_protocol()
    {
        await using KestrelBroker host = await KestrelBroker.StartAsync();
        var inbox = new Inbox();
        await using var tls = await Mqtt.Client.MqttClient.ConnectAsync(
            host.TlsOptions("tls") with { OnMessage = inbox.Put });
        await tls.SubscribeAsync("t");
        await using var tcp = await host.ConnectAsync("tcp");
        using ClientWebSocket socket = await ConnectAsync(host, "mqtt");
        await SendAsync(socket, "CONNECT web clean");
        await ReceiveAsync(socket);

        await tcp.PublishAsync("t", "over tcp"u8.ToArray());
        Assert.Equal("t=over tcp@0", await inbox.NextAsync());
        await SendAsync(socket, "PUBLISH t=over websocket@0");
        Assert.Equal("t=over websocket@0", await inbox.NextAsync());
    }

    private static async Task<ClientWebSocket> ConnectAsync(KestrelBroker host, params string[] protocols)
    {
        var socket = new ClientWebSocket();
        Array.ForEach(protocols, socket.Options.AddSubProtocol);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{host.WebPort}/mqtt"), default);
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string packet) =>
        socket.SendAsync(PacketText.Parse(packet), WebSocketMessageType.Binary, true, default);

    private static async Task<(string Hex, WebSocketMessageType Type)> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[1_000];
        WebSocketReceiveResult result =
            await socket.ReceiveAsync(buffer, default).WaitAsync(TimeSpan.FromSeconds(20));
        return (Convert.ToHexString(buffer, 0, result.Count), result.MessageType);
    }
}
