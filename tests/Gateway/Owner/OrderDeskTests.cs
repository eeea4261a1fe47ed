using System.Net;
using System.Net.Http.Json;
using System.Threading.Channels;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Storage;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Owner;

/// <summary>Orders on their way: through the API, over MQTT, to one board.</summary>
public sealed class OrderDeskTests : IAsyncLifetime
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly Channel<byte[]> _heard = Channel.CreateUnbounded<byte[]>();
    private RunningGateway _gateway = null!;
    private string _token = null!;

    public async Task InitializeAsync()
    {
        _gateway = await RunningGateway.StartAsync();
        _token = _gateway.Host.NewOwnerToken!.Reveal();
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("pause", 0, CommandCode.Pause)]
    [InlineData("resume", 0, CommandCode.Resume)]
    [InlineData("restart", 0, CommandCode.Restart)]
    [InlineData("identify", 3600, CommandCode.Identify)]
    [InlineData("duty", 100, CommandCode.SetDutyPercent)]
    [InlineData("update", 0, CommandCode.Update)]
    [InlineData("update", 7, CommandCode.Update)]
    public async Task Order_reaches_its_board_tagged_with_its_key(string command, uint value, CommandCode code)
    {
        await using TestBoard board = await ListenAsync(1UL << 32);

        Assert.Equal(HttpStatusCode.Accepted, await OrderAsync("board-1", command, value));
        byte[] octets = await HearAsync();

        Assert.True(Command.IsAuthentic(octets, 0, TestStore.Key, "board-1"));
        Assert.False(Command.IsAuthentic(octets, 0, TestStore.Key, "board-2"));
        Assert.Equal((code, value, 1UL), Read(octets));
    }

    [Theory]
    [InlineData("gateway.lan", HttpStatusCode.Accepted)]
    [InlineData("gateway.lan:8443:8883", HttpStatusCode.Accepted)]
    [InlineData("gateway.lan:8443", HttpStatusCode.BadRequest)]
    [InlineData("gateway.lan:0:8883", HttpStatusCode.BadRequest)]
    [InlineData("two words", HttpStatusCode.BadRequest)]
    [InlineData(null, HttpStatusCode.BadRequest)]
    public async Task Order_to_another_gateway_carries_its_address(string? text, HttpStatusCode expected)
    {
        await using TestBoard board = await ListenAsync(1UL << 32);

        Assert.Equal(expected, await OrderAsync("board-1", "gateway", 0, text));
        if (expected == HttpStatusCode.Accepted)
        {
            byte[] octets = await HearAsync();
            Assert.Equal(ParseStatus.Done, Command.Parse(octets, 0, octets.Length, out Command command));
            Assert.Equal((CommandCode.SetGateway, text), (command.Code, command.Text));
            Assert.True(Command.IsAuthentic(octets, 0, TestStore.Key, "board-1"));
        }
    }

    [Fact]
    public async Task Counter_grows_over_a_restart()
    {
        await using (TestBoard before = await ListenAsync(1UL << 32))
        {
            await OrderAsync("board-1", "pause", 0);
            await OrderAsync("board-1", "resume", 0);
            Assert.Equal(1UL, Read(await HearAsync()).Counter);
            Assert.Equal(2UL, Read(await HearAsync()).Counter);
        }

        await _gateway.RestartAsync();
        await using TestBoard after = await ListenAsync(2UL << 32);
        await OrderAsync("board-1", "pause", 0);

        Assert.Equal(3UL, Read(await HearAsync()).Counter);
    }

    [Fact]
    public async Task Orders_given_at_once_arrive_in_the_order_of_their_counters()
    {
        await using TestBoard board = await ListenAsync(1UL << 32);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => OrderAsync("board-1", "resume", 0)));

        for (ulong counter = 1; counter <= 50; counter++)
        {
            Assert.Equal(counter, Read(await HearAsync()).Counter);
        }
    }

    [Theory]
    [InlineData("fly", 0)]
    [InlineData(null, 0)]
    [InlineData("pause", 1)]
    [InlineData("identify", 0)]
    [InlineData("identify", 3601)]
    [InlineData("duty", 0)]
    [InlineData("duty", 101)]
    public async Task Order_that_is_none_is_refused(string? command, uint value)
    {
        await using TestBoard board = await ListenAsync(1UL << 32);

        Assert.Equal(HttpStatusCode.BadRequest, await OrderAsync("board-1", command, value));
    }

    [Fact]
    public async Task Order_to_a_board_that_is_not_there_says_so()
    {
        await _gateway.EnrolAsync("board-1", connect: false);

        Assert.Equal(HttpStatusCode.Conflict, await OrderAsync("board-1", "pause", 0));
        Assert.Equal(HttpStatusCode.NotFound, await OrderAsync("nobody", "pause", 0));
    }

    private async Task<TestBoard> ListenAsync(ulong counter)
    {
        await _gateway.Host.EnrolAsync("board-1", TestStore.Key);
        TestBoard board = new(
            _gateway.Host.HttpEndPoint.Port, _gateway.Host.MqttEndPoint.Port, "board-1", TestStore.Key)
        {
            HeardCommand = octets => _heard.Writer.TryWrite(octets),
        };
        await board.ReconnectAboveAsync(counter);
        await board.Mqtt.SubscribeAsync(Topics.Command("board-1"), QualityOfService.AtLeastOnce);
        return board;
    }

    private Task<byte[]> HearAsync() => _heard.Reader.ReadAsync().AsTask().WaitAsync(s_deadline);

    private static (CommandCode Code, uint Argument, ulong Counter) Read(byte[] octets)
    {
        Assert.Equal(ParseStatus.Done, Command.Parse(octets, 0, octets.Length, out Command command));
        return (command.Code, command.Argument, command.Counter);
    }

    private async Task<HttpStatusCode> OrderAsync(string id, string? command, uint value, string? text = null)
    {
        using HttpClient http = new();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {_token}");
        using HttpResponseMessage answer = await http.PostAsJsonAsync(
            $"http://{_gateway.Host.HttpEndPoint}/v1/devices/{id}/command", new { command, value, text });
        return answer.StatusCode;
    }
}
