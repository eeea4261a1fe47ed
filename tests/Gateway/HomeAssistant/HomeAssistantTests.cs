using System.Text.Json;
using System.Threading.Channels;
using MicroFirmware.Gateway.HomeAssistant;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Mqtt.Client;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.HomeAssistant;

/// <summary>Home Assistant as an MQTT client: what it finds, what it may, and what it may not.</summary>
public sealed class HomeAssistantTests : IAsyncLifetime
{
    private const string Password = "correct horse";
    private const string Topic = "homeassistant/device/micro_board-1/config";
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly Channel<(string Topic, byte[] Payload)> _heard =
        Channel.CreateUnbounded<(string Topic, byte[] Payload)>();

    private RunningGateway _gateway = null!;

    public async Task InitializeAsync() =>
        _gateway = await RunningGateway.StartAsync(options => options.HomeAssistant.Password = Password);

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Board_that_comes_online_is_announced_and_so_is_what_it_has_proven()
    {
        await using TestBoard board = await _gateway.EnrolAsync("board-1");
        await board.SendAsync(TestBoard.Mine(await board.FetchAsync(), 1));
        await using MqttClient guest = await ConnectAsync("2vBzWqJdpJ", Password);
        await guest.SubscribeAsync("homeassistant/#", QualityOfService.AtLeastOnce);
        await guest.SubscribeAsync("micro/1/+/proven", QualityOfService.AtLeastOnce);

        JsonElement found = await HearAsync(Topic);
        JsonElement before = await HearAsync("micro/1/board-1/proven");
        await board.Mqtt.PublishAsync(
            Topics.Telemetry("board-1"), new Telemetry { HashRate = 1 }.ToJson(), QualityOfService.AtLeastOnce);
        JsonElement after = await HearAsync("micro/1/board-1/proven");

        Assert.Equal("micro/1/board-1/status", found.GetProperty("availability_topic").GetString());
        Assert.Equal("micro_board-1", found.GetProperty("device").GetProperty("identifiers")[0].GetString());
        JsonElement proven = found.GetProperty("components").GetProperty("proven_hash_rate");
        Assert.Equal("micro/1/board-1/proven", proven.GetProperty("state_topic").GetString());
        Assert.Equal("{{ value_json.hash_rate | default(none) }}", proven.GetProperty("value_template").GetString());
        Assert.Equal(0, before.GetProperty("accepted").GetInt64());
        Assert.Equal(1, after.GetProperty("accepted").GetInt64());
    }

    [Fact]
    public async Task Board_that_is_revoked_is_taken_back()
    {
        await using TestBoard board = await _gateway.EnrolAsync("board-1");
        await using MqttClient guest = await ConnectAsync("2vBzWqJdpJ", Password);
        await guest.SubscribeAsync("homeassistant/#", QualityOfService.AtLeastOnce);
        await HearAsync(Topic);

        await _gateway.Host.RevokeAsync("board-1");

        (string topic, byte[] payload) = await _heard.Reader.ReadAsync().AsTask().WaitAsync(s_deadline);
        Assert.Equal((Topic, 0), (topic, payload.Length));
    }

    [Theory]
    [InlineData("wrong horse!", "guest")]
    [InlineData("", "guest")]
    [InlineData(Password, "board-1")]
    public async Task Guest_with_a_wrong_password_or_a_boards_name_is_refused(string password, string clientId)
    {
        await _gateway.Host.EnrolAsync("board-1", TestStore.Key);

        await Assert.ThrowsAsync<MqttException>(() => ConnectAsync(clientId, password));
    }

    [Fact]
    public async Task Guest_is_not_let_in_where_the_owner_set_no_password()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync();

        await Assert.ThrowsAsync<MqttException>(() => ConnectAsync("guest", "", gateway));
    }

    [Theory]
    [InlineData("homeassistant/#", true)]
    [InlineData("micro/1/+/telemetry", true)]
    [InlineData("micro/1/board-1/status", true)]
    [InlineData("micro/1/+/proven", true)]
    [InlineData("micro/1/+/command", false)]
    [InlineData("micro/1/board-1/verdict", false)]
    [InlineData("micro/1/+/share", false)]
    [InlineData("micro/1/#", false)]
    [InlineData("#", false)]
    [InlineData("$SYS/#", false)]
    public void Guest_reads_reports_and_nothing_else(string filter, bool mayRead)
    {
        HomeAssistantLink link = new(new());

        Assert.Equal(mayRead, link.MaySubscribe(filter));
        Assert.False(link.MayPublish(filter));
        Assert.True(link.MayPublish("homeassistant/status"));
    }

    [Fact]
    public void Figures_that_boards_report_are_all_among_what_telemetry_has()
    {
        // The members that a board writes are spelled in one place; a figure from elsewhere would never be known.
        string members = File.ReadAllText(Path.Combine(RepositoryRoot(), "firmware/Protocol/Telemetry.cs"));

        Assert.All(
            Entity.All.Where(entity => !entity.IsProven),
            entity => Assert.Contains($"\"{entity.Key}\"", members));
        Assert.Equal(Entity.All.Count, Entity.All.Select(entity => entity.Id).Distinct().Count());
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MicroFirmware.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    private Task<MqttClient> ConnectAsync(string clientId, string password, RunningGateway? gateway = null) =>
        MqttClient.ConnectAsync(new MqttClientOptions
        {
            Port = (gateway ?? _gateway).Host.MqttEndPoint.Port,
            ClientId = clientId,
            UserName = "homeassistant",
            Password = System.Text.Encoding.UTF8.GetBytes(password),
            OnMessage = message => _heard.Writer.TryWrite((message.Topic, message.Payload.ToArray())),
        });

    private async Task<JsonElement> HearAsync(string topic)
    {
        while (true)
        {
            (string heard, byte[] payload) = await _heard.Reader.ReadAsync().AsTask().WaitAsync(s_deadline);
            if (heard == topic)
            {
                return JsonSerializer.Deserialize<JsonElement>(payload);
            }
        }
    }
}
