using MicroFirmware.Mqtt.Broker;

namespace MicroFirmware.Mqtt.Tests.Conformance;

/// <summary>MQTT 3.1.1, sections 3.3 to 3.7: PUBLISH and its acknowledgements.</summary>
public sealed class Chapter3PublishTests
{
    [Fact]
    public Task MQTT_3_3_1_1_redelivery_has_dup() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@2
        a< SUBACK id=1 2
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH t=1@1 id=1
        b< PUBACK id=1
        b> PUBLISH t=2@2 id=2
        b< PUBREC id=2
        a< PUBLISH t=1@1 id=1
        a< PUBLISH t=2@2 id=2
        a cut
        a> CONNECT a
        a< CONNACK Accepted present
        a< PUBLISH t=1@1D id=1
        a< PUBLISH t=2@2D id=2
        """);

    [Fact]
    public Task MQTT_3_3_1_2_dup_with_qos_0_closes() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> hex 38 03 00 01 74
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_3_1_3_dup_is_not_passed_on() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@2
        a< SUBACK id=1 2
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH t=x@1D id=3
        b< PUBACK id=3
        a< PUBLISH t=x@1 id=1
        b> PUBLISH t=y@2D id=4
        b< PUBREC id=4
        a< PUBLISH t=y@2 id=2
        """);

    [Fact]
    public Task MQTT_3_3_1_4_qos_3_closes() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> hex 36 05 00 01 74 00 01
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_3_1_5_retained_message_is_kept_with_its_qos() => Script.RunBothAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> PUBLISH t/0=zero@0R
        a> PUBLISH t/1=one@1R id=1
        a< PUBACK id=1
        a> PUBLISH t/2=two@2R id=2
        a< PUBREC id=2
        b> CONNECT b clean
        b< CONNACK Accepted
        b> SUBSCRIBE id=1 t/0@2
        b< SUBACK id=1 2
        b< PUBLISH t/0=zero@0R
        b> SUBSCRIBE id=2 t/1@2
        b< SUBACK id=2 2
        b< PUBLISH t/1=one@1R id=1
        b> SUBSCRIBE id=3 t/2@2
        b< SUBACK id=3 2
        b< PUBLISH t/2=two@2R id=2
        """);

    [Fact]
    public Task MQTT_3_3_1_6_new_subscription_gets_the_last_retained_message_of_each_topic() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> PUBLISH t/1=old@1R id=1
        a< PUBACK id=1
        a> PUBLISH t/1=new@1R id=2
        a< PUBACK id=2
        a> SUBSCRIBE id=1 t/+@1
        a< SUBACK id=1 1
        a< PUBLISH t/1=new@1R id=1
        a< nothing
        """);

    [Fact]
    public Task MQTT_3_3_1_7_retained_qos_0_replaces_what_was_kept() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> PUBLISH t=old@2R id=1
        a< PUBREC id=1
        a> PUBLISH t=new@0R
        a> SUBSCRIBE id=1 t@2
        a< SUBACK id=1 2
        a< PUBLISH t=new@0R
        """);

    [Fact]
    public Task MQTT_3_3_1_8_retain_is_set_for_a_new_subscription() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> PUBLISH t=x@0R
        a> SUBSCRIBE id=1 t@0
        a< SUBACK id=1 0
        a< PUBLISH t=x@0R
        """);

    [Fact]
    public Task MQTT_3_3_1_9_retain_is_cleared_for_an_established_subscription() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@0
        a< SUBACK id=1 0
        a> PUBLISH t=x@0R
        a< PUBLISH t=x@0
        """);

    [Fact]
    public Task MQTT_3_3_1_10_empty_retained_message_is_delivered_and_clears() => Script.RunBothAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH t=x@1R id=1
        b< PUBACK id=1
        a> SUBSCRIBE id=1 t@1
        a< SUBACK id=1 1
        a< PUBLISH t=x@1R id=1
        b> PUBLISH t=@1R id=2
        b< PUBACK id=2
        a< PUBLISH t=@1 id=2
        b> SUBSCRIBE id=3 t@1
        b< SUBACK id=3 1
        b< nothing
        """);

    [Fact]
    public Task MQTT_3_3_1_11_empty_message_is_not_kept() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> PUBLISH t=@0R
        a> SUBSCRIBE id=1 #@0
        a< SUBACK id=1 0
        a< nothing
        """);

    [Fact]
    public Task MQTT_3_3_1_12_message_without_retain_changes_nothing_that_is_kept() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> PUBLISH t=kept@0R
        a> PUBLISH t=passing@0
        a> PUBLISH t=@0
        a> SUBSCRIBE id=1 t@0
        a< SUBACK id=1 0
        a< PUBLISH t=kept@0R
        """);

    [Theory]
    [InlineData("hex 30 00")]
    [InlineData("hex 30 01 00")]
    [InlineData("hex 30 04 00 02 c3 28")]
    public Task MQTT_3_3_2_1_topic_is_there_and_utf8_or_it_closes(string packet) => Script.RunAsync($"""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> {packet}
        a< CLOSED
        """);

    [Theory]
    [InlineData("#")]
    [InlineData("+")]
    [InlineData("a/+/b")]
    [InlineData("a+")]
    public Task MQTT_3_3_2_2_wildcard_in_a_name_closes(string name) => Script.RunAsync($"""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> PUBLISH {name}=x@0
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_3_2_3_only_matching_topics_are_sent() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 a/+/c@0 d/#@0
        a< SUBACK id=1 0 0
        a> PUBLISH a/b=no@0
        a> PUBLISH a/b/c=yes@0
        a> PUBLISH a/b/c/d=no@0
        a> PUBLISH d=yes@0
        a> PUBLISH d/e/f=yes@0
        a> PUBLISH dd=no@0
        a< PUBLISH a/b/c=yes@0
        a< PUBLISH d=yes@0
        a< PUBLISH d/e/f=yes@0
        a< nothing
        """);

    [Fact]
    public Task MQTT_3_3_4_1_each_qos_gets_its_answer() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> PUBLISH t=x@0
        a< nothing
        a> PUBLISH t=x@1 id=1
        a< PUBACK id=1
        a> PUBLISH t=x@2 id=2
        a< PUBREC id=2
        """);

    [Fact]
    public Task MQTT_3_3_5_1_overlapping_subscriptions_deliver_once_at_the_highest_qos() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 #@0 a/+@2 a/b@1
        a< SUBACK id=1 0 2 1
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH a/b=x@2 id=1
        b< PUBREC id=1
        a< PUBLISH a/b=x@2 id=1
        a< nothing
        """);

    [Fact]
    public Task MQTT_3_3_5_2_publish_without_the_right_closes() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> PUBLISH $SYS/forged=x@1 id=1
        a< CLOSED
        """);

    [Theory]
    [InlineData("hex 60 02 00 01")]
    [InlineData("hex 63 02 00 01")]
    [InlineData("hex 6a 02 00 01")]
    public Task MQTT_3_6_1_1_pubrel_with_other_flags_closes(string packet) => Script.RunAsync($"""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> {packet}
        a< CLOSED
        """);

    [Fact]
    public async Task Message_to_a_topic_longer_or_deeper_than_the_limit_closes()
    {
        var options = new BrokerOptions { MaxTopicLengthBytes = 10, MaxTopicLevels = 3 };
        foreach (string topic in new[] { "12345678901", "a/b/c/d" })
        {
            await Script.RunAsync($"""
                a> CONNECT a clean
                a< CONNACK Accepted
                a> PUBLISH 1234567890=x@1 id=1
                a< PUBACK id=1
                a> PUBLISH a/b/c=x@1 id=1
                a< PUBACK id=1
                a> SUBSCRIBE id=1 {topic}@0 a@0
                a< SUBACK id=1 128 0
                a> PUBLISH {topic}=x@1 id=1
                a< CLOSED
                """, options);
        }
    }
}
