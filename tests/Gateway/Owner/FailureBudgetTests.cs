using System.Net;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Owner;

namespace MicroFirmware.Gateway.Tests.Owner;

public sealed class FailureBudgetTests
{
    private readonly ManualTime _time = new();
    private readonly FailureBudget _budget;

    public FailureBudgetTests() => _budget =
        new FailureBudget(new OwnerOptions { MaxFailuresPerMinute = 2 }, new GatewayClock(_time));

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1", false)]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", false)]
    [InlineData("10.0.0.1", "10.0.0.2", true)]
    [InlineData("2001:db8::1", "2001:db8::ffff", false)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", true)]
    public void Budget_spent_by_one_is_spent_for_its_network(string failing, string asking, bool hasRoom)
    {
        Fail(failing);
        Fail(failing);

        Assert.Equal(hasRoom, _budget.HasRoom(IPAddress.Parse(asking)));
    }

    [Fact]
    public void Budget_comes_back_after_a_minute()
    {
        Fail("10.0.0.1");
        Fail("10.0.0.1");
        _time.Advance(FailureBudget.Window);

        Assert.True(_budget.HasRoom(IPAddress.Parse("10.0.0.1")));
    }

    [Fact]
    public void Budget_of_very_many_addresses_is_one()
    {
        for (int i = 0; i < 4_096; i++)
        {
            Fail($"10.0.{i / 256}.{i % 256}");
        }

        Fail("11.0.0.1");
        Fail("11.0.0.2");

        Assert.False(_budget.HasRoom(IPAddress.Parse("11.0.0.3")));
        Assert.True(_budget.HasRoom(IPAddress.Parse("10.0.0.1")));
    }

    private void Fail(string address) => _budget.Count(IPAddress.Parse(address));
}
