using MicroFirmware.Mqtt.Broker;

namespace MicroFirmware.Mqtt.Tests.Broker;

public sealed class BrokerOptionsTests
{
    public static TheoryData<string, int, int> Ranges => new()
    {
        { nameof(BrokerOptions.MaxPacketSizeBytes), 256, 1_000_000 },
        { nameof(BrokerOptions.MaxConnectSizeBytes), 256, 1_000_000 },
        { nameof(BrokerOptions.MaxClientIdLength), 23, 65_535 },
        { nameof(BrokerOptions.MaxTopicLengthBytes), 1, 65_535 },
        { nameof(BrokerOptions.MaxTopicLevels), 1, 128 },
        { nameof(BrokerOptions.MaxConnections), 1, 10_000_000 },
        { nameof(BrokerOptions.MaxSubscriptions), 1, 100_000 },
        { nameof(BrokerOptions.MaxInboundInFlight), 1, 65_535 },
        { nameof(BrokerOptions.MaxOutboundInFlight), 1, 16_384 },
        { nameof(BrokerOptions.MaxQueuedMessages), 1, 30_000 },
        { nameof(BrokerOptions.MaxQueuedBytes), 1_024, 1_000_000_000 },
        { nameof(BrokerOptions.MaxRetainedMessages), 0, 10_000_000 },
        { nameof(BrokerOptions.MaxPacketsPerSecond), 0, 1_000_000 },
        { nameof(BrokerOptions.MaxConnectsPerSecond), 0, 1_000_000 },
        { nameof(BrokerOptions.MaxWaitingConnects), 0, 1_000_000 },
        { nameof(BrokerOptions.MaxWaitingPerAddress), 0, 1_000_000 },
        { nameof(BrokerOptions.MaxHeldConnects), 0, 1_000_000 },
    };

    [Fact]
    public void Defaults_are_valid() => new BrokerOptions().Validate();

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Limit_outside_its_range_is_refused_by_name(string name, int min, int max)
    {
        Assert.Null(Record.Exception(() => With(name, min).Validate()));
        Assert.Null(Record.Exception(() => With(name, max).Validate()));
        foreach (int wrong in new[] { min - 1, max + 1 })
        {
            ArgumentException error = Assert.Throws<ArgumentException>(() => With(name, wrong).Validate());
            Assert.Contains($"{name} is {wrong}", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Time_outside_its_range_is_refused_by_name()
    {
        var options = new BrokerOptions { StallTimeout = TimeSpan.FromMilliseconds(1) };

        ArgumentException error = Assert.Throws<ArgumentException>(options.Validate);

        Assert.Contains(nameof(BrokerOptions.StallTimeout), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Handler_for_something_that_is_no_filter_is_refused()
    {
        using var broker = new MqttBroker(new BrokerOptions(), new OpenAuthority(), new ManualTime());

        Assert.Throws<ArgumentException>(() => broker.Subscribe("a/#/b", (_, _) => { }));
    }

    private static BrokerOptions With(string name, int value)
    {
        var options = new BrokerOptions();
        typeof(BrokerOptions).GetProperty(name)!.SetValue(options, value);
        return options;
    }
}
