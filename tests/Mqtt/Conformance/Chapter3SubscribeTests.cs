using MicroFirmware.Mqtt.Broker;

namespace MicroFirmware.Mqtt.Tests.Conformance;

/// <summary>MQTT 3.1.1, sections 3.8 to 3.14: SUBSCRIBE, UNSUBSCRIBE, PINGREQ, DISCONNECT.</summary>
public sealed class Chapter3SubscribeTests
{
    [Theory]
    [InlineData("hex 80 06 00 01 00 01 61 00")]
    [InlineData("hex 83 06 00 01 00 01 61 00")]
    public Task MQTT_3_8_1_1_subscribe_with_other_flags_closes(string packet) => Script.RunAsync($"""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> {packet}
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_8_3_1_filter_that_is_not_utf8_closes() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> hex 82 07 00 01 00 02 c3 28 00
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_8_3_2_wildcards_are_supported() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 +/b/#@0
        a< SUBACK id=1 0
        a> PUBLISH a/b/c=x@0
        a< PUBLISH a/b/c=x@0
        """);

    [Fact]
    public Task MQTT_3_8_3_3_subscribe_without_a_filter_closes() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> hex 82 02 00 01
        a< CLOSED
        """);

    [Theory]
    [InlineData("03")]
    [InlineData("04")]
    [InlineData("80")]
    public Task MQTT_3_8_3_4_reserved_bits_of_the_qos_close(string qos) => Script.RunAsync($"""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> hex 82 06 00 01 00 01 61 {qos}
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_8_4_1_subscribe_gets_suback() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@0
        a< SUBACK id=1 0
        """);

    [Fact]
    public Task MQTT_3_8_4_2_suback_has_the_subscribes_id() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=65535 t@0
        a< SUBACK id=65535 0
        """);

    [Fact]
    public Task MQTT_3_8_4_3_same_filter_again_replaces_the_subscription_and_repeats_retained() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> PUBLISH t=kept@1R id=1
        a< PUBACK id=1
        a> SUBSCRIBE id=1 t@1
        a< SUBACK id=1 1
        a< PUBLISH t=kept@1R id=1
        a> SUBSCRIBE id=2 t@0
        a< SUBACK id=2 0
        a< PUBLISH t=kept@0R
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH t=new@1 id=1
        b< PUBACK id=1
        a< PUBLISH t=new@0
        a< nothing
        """);

    [Fact]
    public Task MQTT_3_8_4_4_many_filters_in_one_packet_are_many_subscriptions() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> PUBLISH b=kept@0R
        a> SUBSCRIBE id=1 a@0 b@0 c@0
        a< SUBACK id=1 0 0 0
        a< PUBLISH b=kept@0R
        a> PUBLISH c=x@0
        a< PUBLISH c=x@0
        a> PUBLISH a=x@0
        a< PUBLISH a=x@0
        """);

    [Fact]
    public Task MQTT_3_8_4_5_suback_says_what_each_filter_was_granted() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 a@2 b@0 c@1 a@0
        a< SUBACK id=1 2 0 128 0
        """, null, new NotC());

    [Fact]
    public Task MQTT_3_8_4_6_qos_is_the_lower_of_published_and_granted() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 0@0 1@1 2@2
        a< SUBACK id=1 0 1 2
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH 0=x@2 id=1
        b< PUBREC id=1
        a< PUBLISH 0=x@0
        b> PUBLISH 1=x@2 id=2
        b< PUBREC id=2
        a< PUBLISH 1=x@1 id=1
        b> PUBLISH 2=x@1 id=3
        b< PUBACK id=3
        a< PUBLISH 2=x@1 id=2
        b> PUBLISH 2=x@0
        a< PUBLISH 2=x@0
        """);

    [Fact]
    public Task MQTT_3_9_3_1_return_codes_are_in_the_filters_order() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 z@2 c@1 a@1 b@0
        a< SUBACK id=1 2 128 1 0
        """, null, new NotC());

    [Fact]
    public Task MQTT_3_9_3_2_return_codes_are_0_1_2_and_128() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 a@0 a@1 a@2 c@2
        a< SUBACK id=1 0 1 2 128
        """, null, new NotC());

    [Theory]
    [InlineData("hex a0 05 00 01 00 01 61")]
    [InlineData("hex a6 05 00 01 00 01 61")]
    public Task MQTT_3_10_1_1_unsubscribe_with_other_flags_closes(string packet) => Script.RunAsync($"""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> {packet}
        a< CLOSED
        """);

    [Theory]
    [InlineData("hex a2 06 00 01 00 02 c3 28")]
    [InlineData("hex a2 06 00 01 00 01 61 00")]
    public Task MQTT_3_10_3_1_filters_that_are_not_utf8_or_not_packed_close(string packet) => Script.RunAsync($"""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> {packet}
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_10_3_2_unsubscribe_without_a_filter_closes() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> hex a2 02 00 01
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_10_4_1_filters_are_compared_character_by_character() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 a/+@0 a/b@0 A/#@0
        a< SUBACK id=1 0 0 0
        a> UNSUBSCRIBE id=2 a/# a/+
        a< UNSUBACK id=2
        a> PUBLISH a/c=gone@0
        a> PUBLISH a/b=still@0
        a> PUBLISH A/c=still@0
        a< PUBLISH a/b=still@0
        a< PUBLISH A/c=still@0
        """);

    [Fact]
    public Task MQTT_3_10_4_2_nothing_is_added_after_unsubscribe() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@1
        a< SUBACK id=1 1
        a> UNSUBSCRIBE id=2 t
        a< UNSUBACK id=2
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH t=x@1 id=1
        b< PUBACK id=1
        a< nothing
        """);

    [Fact]
    public Task MQTT_3_10_4_3_deliveries_under_way_are_completed() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@2
        a< SUBACK id=1 2
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH t=x@2 id=1
        b< PUBREC id=1
        a< PUBLISH t=x@2 id=1
        a> UNSUBSCRIBE id=2 t
        a< UNSUBACK id=2
        a> PUBREC id=1
        a< PUBREL id=1
        a> PUBCOMP id=1
        a cut
        a> CONNECT a
        a< CONNACK Accepted present
        a< nothing
        """);

    [Fact]
    public Task MQTT_3_10_4_4_unsuback_has_the_unsubscribes_id() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@0
        a< SUBACK id=1 0
        a> UNSUBSCRIBE id=43981 t
        a< UNSUBACK id=43981
        """);

    [Fact]
    public Task MQTT_3_10_4_5_unsubscribe_of_nothing_is_answered_too() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> UNSUBSCRIBE id=1 never/subscribed
        a< UNSUBACK id=1
        """);

    [Fact]
    public Task MQTT_3_10_4_6_many_filters_get_one_unsuback() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 a@0 b@0
        a< SUBACK id=1 0 0
        a> UNSUBSCRIBE id=2 a b c
        a< UNSUBACK id=2
        a> PUBLISH a=x@0
        a> PUBLISH b=x@0
        a< nothing
        """);

    [Fact]
    public Task MQTT_3_12_4_1_pingreq_gets_pingresp() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> PINGREQ
        a< PINGRESP
        """);

    [Theory]
    [InlineData("hex e1 00")]
    [InlineData("hex e8 00")]
    public Task MQTT_3_14_1_1_disconnect_with_flags_closes_as_a_failure(string packet) => Script.RunAsync($"""
        w> CONNECT w clean
        w< CONNACK Accepted
        w> SUBSCRIBE id=1 gone@0
        w< SUBACK id=1 0
        a> CONNECT a clean will=gone:disorderly@0
        a< CONNACK Accepted
        a> {packet}
        a< CLOSED
        w< PUBLISH gone=disorderly@0
        """);

    [Fact]
    public Task MQTT_3_14_4_2_nothing_after_disconnect_is_processed() => Script.RunAsync("""
        w> CONNECT w clean
        w< CONNACK Accepted
        w> SUBSCRIBE id=1 t@0
        w< SUBACK id=1 0
        a> CONNECT a clean
        a< CONNACK Accepted
        a> hex e0 00 30 03 00 01 74
        a< CLOSED
        w< nothing
        """);

    [Fact]
    public Task MQTT_3_14_4_3_disconnect_discards_the_will() => Script.RunAsync("""
        w> CONNECT w clean
        w< CONNACK Accepted
        w> SUBSCRIBE id=1 gone@0
        w< SUBACK id=1 0
        a> CONNECT a clean will=gone:bye@0
        a< CONNACK Accepted
        a> DISCONNECT
        a< CLOSED
        w< nothing
        """);

    private sealed class NotC : IBrokerAuthority
    {
        public ValueTask<ConnectDecision> AuthenticateAsync(ConnectAttempt attempt, CancellationToken cancellation) =>
            new(ConnectDecision.Accept());

        public bool MayPublish(BrokerSession session, string topic) => true;

        public bool MaySubscribe(BrokerSession session, string filter) => filter != "c";
    }
}
