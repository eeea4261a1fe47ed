using System.Net;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Entrance;

namespace MicroFirmware.Mqtt.Tests.Entrance;

public sealed class DoorkeeperTests : IDisposable
{
    private static readonly IPEndPoint s_one = new(IPAddress.Parse("192.0.2.1"), 1);
    private static readonly IPEndPoint s_two = new(IPAddress.Parse("192.0.2.2"), 1);
    private readonly ManualTime _time = new();
    private readonly Doorkeeper _door;
    private int _rejected;

    public DoorkeeperTests()
    {
        var options = new BrokerOptions
        {
            MaxConnectsPerAddressPerSecond = 2,
            MaxWaitingConnects = 5,
            MaxWaitingPerAddress = 3,
        };
        _door = new Doorkeeper(options, _time, () => _rejected++);
    }

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task Connect_over_the_budget_waits_and_comes_in_by_turn()
    {
        Task<bool>[] all = Come(s_one, 5);

        Assert.Equal([true, true, false, false, false], all.Select(t => t.IsCompleted));
        Assert.Equal(3, _door.Waiting);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.True(await all[2]);
        Assert.Equal([false, false], all[3..].Select(t => t.IsCompleted));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([true, true], (IEnumerable<bool>)await Task.WhenAll(all[3..]));
        Assert.Equal((0, 0), (_door.Waiting, _rejected));
    }

    [Fact]
    public async Task Newcomer_stands_behind_those_who_wait_though_the_budget_has_something()
    {
        Task<bool>[] early = Come(s_one, 3);
        _time.Advance(TimeSpan.FromSeconds(0.49));
        Task<bool> late = Come(s_one, 1)[0];

        _time.Advance(TimeSpan.FromSeconds(0.02));

        Assert.True(await early[2]);
        Assert.False(late.IsCompleted);
    }

    [Fact]
    public void Other_address_does_not_wait()
    {
        Come(s_one, 5);

        Assert.True(Come(s_two, 1)[0].IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Full_line_closes_the_one_that_comes_last()
    {
        Task<bool>[] all = Come(s_one, 6);

        Assert.False(await all[5]);
        Assert.Equal((3, 1), (_door.Waiting, _rejected));
    }

    [Fact]
    public async Task Lines_are_bounded_all_together()
    {
        Come(s_one, 5);
        Task<bool>[] all = Come(s_two, 5);

        Assert.Equal([true, true, false, false, true], all.Select(t => t.IsCompleted));
        Assert.False(await all[4]);
        Assert.Equal(5, _door.Waiting);
    }

    [Fact]
    public async Task Client_that_has_left_costs_those_behind_it_nothing()
    {
        Come(s_one, 2);
        Task<bool>[] gone = Come(s_one, 2, hasLeft: true);
        Task<bool> patient = Come(s_one, 1)[0];

        _time.Advance(TimeSpan.FromSeconds(0.5));

        Assert.Equal([false, false], (IEnumerable<bool>)await Task.WhenAll(gone));
        Assert.True(await patient);
    }

    [Fact]
    public async Task Connect_waits_ten_seconds_at_most()
    {
        var options = new BrokerOptions { MaxConnectsPerAddressPerSecond = 1 };
        using var door = new Doorkeeper(options, _time, () => _rejected++);
        Task<bool>[] all = [.. Enumerable.Range(0, 20).Select(_ => door.EnterAsync(s_one, () => false).AsTask())];

        _time.Advance(TimeSpan.FromSeconds(11));

        bool[] came = await Task.WhenAll(all);
        Assert.Equal([.. Enumerable.Repeat(true, 11), .. Enumerable.Repeat(false, 9)], came);
        Assert.Equal((0, 9), (door.Waiting, _rejected));
    }

    [Fact]
    public async Task Broker_that_stops_closes_all_who_wait()
    {
        Task<bool>[] all = Come(s_one, 4);

        _door.Dispose();

        Assert.Equal([true, true, false, false], (IEnumerable<bool>)await Task.WhenAll(all));
        Assert.False(await Come(s_one, 1)[0]);
    }

    [Fact]
    public void No_budget_lets_everybody_in()
    {
        using var door = new Doorkeeper(new BrokerOptions(), _time, () => _rejected++);

        Assert.All(Enumerable.Range(0, 10_000), _ => Assert.True(door.EnterAsync(s_one, () => false).Result));
    }

    private Task<bool>[] Come(EndPoint from, int count, bool hasLeft = false) =>
        [.. Enumerable.Range(0, count).Select(_ => _door.EnterAsync(from, () => hasLeft).AsTask())];
}
