using System.Net;
using MicroFirmware.Mqtt.Entrance;

namespace MicroFirmware.Mqtt.Tests.Entrance;

public sealed class AddressBudgetTests
{
    private static readonly IPAddress s_one = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress s_two = IPAddress.Parse("192.0.2.2");

    [Fact]
    public void Address_takes_what_is_there_and_again_what_came_back()
    {
        var budget = new AddressBudget(capacity: 3, perSecond: 2);

        Assert.Equal([true, true, true, false], Take(budget, s_one, 4, nowMs: 0));
        Assert.Equal([true, true, true, false], Take(budget, s_two, 4, nowMs: 0));
        Assert.Equal([false], Take(budget, s_one, 1, nowMs: 499));
        Assert.Equal([true, false], Take(budget, s_one, 2, nowMs: 500));
        Assert.Equal([true, true, true, false], Take(budget, s_one, 4, nowMs: 60_000));
    }

    [Fact]
    public void Addresses_that_took_nothing_lately_are_forgotten()
    {
        var budget = new AddressBudget(capacity: 1, perSecond: 1);
        for (int i = 0; i < 100_000; i++)
        {
            budget.TryTake(new IPAddress(i), nowMs: i);
        }

        Assert.InRange(budget.Count, 1, 3_000);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:2:ffff::", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::")]
    public void Key_is_the_address_or_the_network_of_ipv6(string address, string key) =>
        Assert.Equal(IPAddress.Parse(key), AddressBudget.KeyOf(new IPEndPoint(IPAddress.Parse(address), 1)));

    [Fact]
    public void Key_of_a_transport_without_addresses_is_none() => Assert.Null(AddressBudget.KeyOf(null));

    private static bool[] Take(AddressBudget budget, IPAddress address, int count, long nowMs) =>
        [.. Enumerable.Range(0, count).Select(_ => budget.TryTake(address, nowMs))];
}
