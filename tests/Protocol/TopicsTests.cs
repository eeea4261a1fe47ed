namespace MicroFirmware.Protocol.Tests;

public class TopicsTests
{
    [Fact]
    public void Topic_built_is_parsed_to_its_kind_and_device()
    {
        (string Topic, TopicKind Kind)[] topics =
        [
            (Topics.Share("a"), TopicKind.Share),
            (Topics.Telemetry("a"), TopicKind.Telemetry),
            (Topics.Status("a"), TopicKind.Status),
            (Topics.Command("a"), TopicKind.Command),
            (Topics.Verdict("a"), TopicKind.Verdict),
            (Topics.Proof("a"), TopicKind.Proof),
            (Topics.Finding("a"), TopicKind.Finding),
        ];
        foreach ((string topic, TopicKind kind) in topics)
        {
            Assert.Equal(kind, Topics.Parse(topic, out string device));
            Assert.Equal("a", device);
        }

        Assert.Equal(TopicKind.Job, Topics.Parse("micro/1/job", out string none));
        Assert.Null(none);
    }

    [Fact]
    public void Longest_topic_is_as_long_as_the_limit()
    {
        string id = new('z', Limits.DeviceIdMaxLength);
        Assert.Equal(Limits.TopicMaxLength, Topics.Telemetry(id).Length);
        Assert.Equal(TopicKind.Telemetry, Topics.Parse(Topics.Telemetry(id), out _));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("micro/1/")]
    [InlineData("micro/1/share")]
    [InlineData("micro/1//share")]
    [InlineData("micro/2/a/share")]
    [InlineData("Micro/1/a/share")]
    [InlineData("micro/1/A/share")]
    [InlineData("micro/1/a/b/share")]
    [InlineData("micro/1/a/Share")]
    [InlineData("micro/1/a/share/")]
    [InlineData("micro/1/+/share")]
    [InlineData("micro/1/a/other")]
    [InlineData("micro/1/jobs")]
    [InlineData("micro/1/zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz/share")]
    public void Topic_of_another_form_is_unknown(string? topic)
    {
        Assert.Equal(TopicKind.Unknown, Topics.Parse(topic, out string device));
        Assert.Null(device);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("0-9", true)]
    [InlineData("-", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("A", false)]
    [InlineData("a_b", false)]
    [InlineData("a b", false)]
    [InlineData("ä", false)]
    public void Device_id_has_only_its_characters(string? id, bool isValid)
    {
        Assert.Equal(isValid, DeviceId.IsValid(id));
    }
}
