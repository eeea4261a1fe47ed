using MicroFirmware.Mqtt.Broker;

namespace MicroFirmware.Mqtt.Tests.Conformance;

/// <summary>MQTT 3.1.1, chapter 4: operational behaviour.</summary>
public sealed class Chapter4Tests
{
    [Fact]
    public Task MQTT_4_1_0_1_session_state_is_kept_over_a_restart_of_the_server() => Script.RunAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@2 u@1
        a< SUBACK id=1 2 1
        a> UNSUBSCRIBE id=2 u
        a< UNSUBACK id=2
        a> PUBLISH other=x@2 id=77
        a< PUBREC id=77
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH t=1@1 id=1
        b< PUBACK id=1
        b> PUBLISH t=2@2 id=2
        b< PUBREC id=2
        b> PUBLISH t=3@2 id=3
        b< PUBREC id=3
        b> PUBLISH r=kept@1R id=4
        b< PUBACK id=4
        a< PUBLISH t=1@1 id=1
        a< PUBLISH t=2@2 id=2
        a< PUBLISH t=3@2 id=3
        a> PUBREC id=2
        a< PUBREL id=2
        restart
        a> CONNECT a
        a< CONNACK Accepted present
        a< PUBLISH t=1@1D id=1
        a< PUBREL id=2
        a< PUBLISH t=3@2D id=3
        a> PUBLISH other=x@2D id=77
        a< PUBREC id=77
        a> PUBREL id=77
        a< PUBCOMP id=77
        a> PUBACK id=1
        a> PUBCOMP id=2
        a> PUBREC id=3
        a< PUBREL id=3
        a> PUBCOMP id=3
        a> SUBSCRIBE id=5 r@1
        a< SUBACK id=5 1
        a< PUBLISH r=kept@1R id=4
        a> PUBACK id=4
        restart
        a> CONNECT a
        a< CONNACK Accepted present
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH u=not for a@1 id=1
        b< PUBACK id=1
        b> PUBLISH t=for a@0
        a< PUBLISH t=for a@0
        """, stored: true);

    [Fact]
    public Task MQTT_4_1_0_2_session_lasts_as_long_as_its_connection() => Script.RunBothAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@0
        a< SUBACK id=1 0
        wait 20000
        a> PUBLISH t=x@0
        a< PUBLISH t=x@0
        """);

    [Fact]
    public Task MQTT_4_3_1_1_qos_0_is_sent_without_dup() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@2
        a< SUBACK id=1 2
        a> PUBLISH t=x@0
        a< PUBLISH t=x@0
        """);

    [Fact]
    public Task MQTT_4_3_2_1_qos_1_is_unacknowledged_until_puback() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@1
        a< SUBACK id=1 1
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH t=1@1 id=1
        b< PUBACK id=1
        b> PUBLISH t=2@1 id=1
        b< PUBACK id=1
        a< PUBLISH t=1@1 id=1
        a< PUBLISH t=2@1 id=2
        a> PUBACK id=2
        a< nothing
        a cut
        a> CONNECT a
        a< CONNACK Accepted present
        a< PUBLISH t=1@1D id=1
        a> PUBACK id=1
        a< nothing
        a cut
        a> CONNECT a
        a< CONNACK Accepted present
        a< nothing
        """);

    [Fact]
    public Task MQTT_4_3_2_2_qos_1_with_a_used_id_is_a_new_message() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@0
        a< SUBACK id=1 0
        a> PUBLISH t=x@1 id=1
        a< PUBACK id=1
        a< PUBLISH t=x@0
        a> PUBLISH t=x@1D id=1
        a< PUBACK id=1
        a< PUBLISH t=x@0
        """);

    [Fact]
    public Task MQTT_4_3_3_1_qos_2_is_sent_once_pubrel_again_until_pubcomp() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@2
        a< SUBACK id=1 2
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH t=x@2 id=1
        b< PUBREC id=1
        a< PUBLISH t=x@2 id=1
        a cut
        a> CONNECT a
        a< CONNACK Accepted present
        a< PUBLISH t=x@2D id=1
        a> PUBREC id=1
        a< PUBREL id=1
        a cut
        a> CONNECT a
        a< CONNACK Accepted present
        a< PUBREL id=1
        a> PUBREC id=1
        a< PUBREL id=1
        a> PUBCOMP id=1
        a cut
        a> CONNECT a
        a< CONNACK Accepted present
        a< nothing
        """);

    [Fact]
    public Task MQTT_4_3_3_2_qos_2_is_delivered_once_until_it_is_released() => Script.RunBothAsync("""
        w> CONNECT w clean
        w< CONNACK Accepted
        w> SUBSCRIBE id=1 t@0
        w< SUBACK id=1 0
        a> CONNECT a
        a< CONNACK Accepted
        a> PUBLISH t=once@2 id=1
        a< PUBREC id=1
        w< PUBLISH t=once@0
        a> PUBLISH t=once@2D id=1
        a< PUBREC id=1
        a cut
        a> CONNECT a
        a< CONNACK Accepted present
        a> PUBLISH t=once@2D id=1
        a< PUBREC id=1
        w< nothing
        a> PUBREL id=1
        a< PUBCOMP id=1
        a> PUBREL id=1
        a< PUBCOMP id=1
        a> PUBLISH t=new@2 id=1
        a< PUBREC id=1
        w< PUBLISH t=new@0
        """);

    [Fact]
    public Task MQTT_4_4_0_1_unacknowledged_packets_are_sent_again_with_their_ids() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@2
        a< SUBACK id=1 2
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH t=1@2 id=1
        b< PUBREC id=1
        b> PUBLISH t=2@1 id=2
        b< PUBACK id=2
        a< PUBLISH t=1@2 id=1
        a< PUBLISH t=2@1 id=2
        a> PUBREC id=1
        a< PUBREL id=1
        a cut
        a> CONNECT a
        a< CONNACK Accepted present
        a< PUBREL id=1
        a< PUBLISH t=2@1D id=2
        """);

    [Fact]
    public Task MQTT_4_5_0_1_message_is_added_to_every_matching_session() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t/#@1
        a< SUBACK id=1 1
        a> DISCONNECT
        a< CLOSED
        b> CONNECT b clean
        b< CONNACK Accepted
        b> SUBSCRIBE id=1 t/+@0
        b< SUBACK id=1 0
        c> CONNECT c clean
        c< CONNACK Accepted
        c> PUBLISH t/x=1@1 id=1
        c< PUBACK id=1
        b< PUBLISH t/x=1@0
        a> CONNECT a
        a< CONNACK Accepted present
        a< PUBLISH t/x=1@1 id=1
        """);

    [Fact]
    public Task MQTT_4_6_0_1_messages_are_sent_again_in_their_order() => Script.RunBothAsync("""
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
        b> PUBLISH t=3@1 id=3
        b< PUBACK id=3
        a< PUBLISH t=1@1 id=1
        a< PUBLISH t=2@2 id=2
        a< PUBLISH t=3@1 id=3
        a cut
        a> CONNECT a
        a< CONNACK Accepted present
        a< PUBLISH t=1@1D id=1
        a< PUBLISH t=2@2D id=2
        a< PUBLISH t=3@1D id=3
        """);

    [Fact]
    public Task MQTT_4_6_0_2_pubacks_are_in_the_publishes_order() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> hex 32 05 00 01 74 00 03 32 05 00 01 74 00 01 32 05 00 01 74 00 02
        a< PUBACK id=3
        a< PUBACK id=1
        a< PUBACK id=2
        """);

    [Fact]
    public Task MQTT_4_6_0_3_pubrecs_are_in_the_publishes_order() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> hex 34 05 00 01 74 00 03 34 05 00 01 74 00 01 34 05 00 01 74 00 02
        a< PUBREC id=3
        a< PUBREC id=1
        a< PUBREC id=2
        """);

    [Fact]
    public Task MQTT_4_6_0_4_pubrels_are_in_the_pubrecs_order() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@2
        a< SUBACK id=1 2
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH t=1@2 id=1
        b< PUBREC id=1
        b> PUBLISH t=2@2 id=2
        b< PUBREC id=2
        a< PUBLISH t=1@2 id=1
        a< PUBLISH t=2@2 id=2
        a> hex 50 02 00 02 50 02 00 01
        a< PUBREL id=2
        a< PUBREL id=1
        """);

    [Fact]
    public Task MQTT_4_6_0_5_topics_are_ordered_by_default() => InOrder("t");

    [Fact]
    public Task MQTT_4_6_0_6_messages_of_one_client_arrive_in_their_order() => InOrder("deep/topic");

    [Theory]
    [InlineData("a/+")]
    [InlineData("#")]
    public Task MQTT_4_7_1_1_wildcards_are_for_filters_only(string topic) => Script.RunAsync($"""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 {topic}@0
        a< SUBACK id=1 0
        a> PUBLISH {topic}=x@0
        a< CLOSED
        """);

    [Theory]
    [InlineData("sport/tennis#")]
    [InlineData("sport/tennis/#/ranking")]
    [InlineData("#/")]
    [InlineData("##")]
    public Task MQTT_4_7_1_2_misplaced_multi_level_wildcard_closes(string filter) => Script.RunAsync($"""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 {filter}@0
        a< CLOSED
        """);

    [Theory]
    [InlineData("sport+")]
    [InlineData("+a/b")]
    [InlineData("a/b+/c")]
    [InlineData("++")]
    public Task MQTT_4_7_1_3_misplaced_single_level_wildcard_closes(string filter) => Script.RunAsync($"""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 {filter}@0
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_4_7_2_1_dollar_topics_are_hidden_from_leading_wildcards() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 #@0 +/monitor@0
        a< SUBACK id=1 0 0
        b> CONNECT b clean
        b< CONNACK Accepted
        b> SUBSCRIBE id=1 $OURS/#@0
        b< SUBACK id=1 0
        b> PUBLISH $OURS/monitor=x@0R
        b< PUBLISH $OURS/monitor=x@0
        a< nothing
        a> SUBSCRIBE id=2 #@0 +/+@0
        a< SUBACK id=2 0 0
        a< nothing
        """, null, new Everything());

    [Theory]
    [InlineData("hex 30 02 00 00")]
    [InlineData("hex 82 05 00 01 00 00 00")]
    [InlineData("hex a2 04 00 01 00 00")]
    public Task MQTT_4_7_3_1_empty_topic_closes(string packet) => Script.RunAsync($"""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> {packet}
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_4_7_3_2_null_character_in_a_topic_closes() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> hex 30 05 00 03 61 00 62
        a< CLOSED
        """);

    [Fact]
    public async Task MQTT_4_7_3_3_topics_of_65535_octets_are_possible_and_no_longer_ones()
    {
        string longest = new('x', 65_535);
        var options = new BrokerOptions { MaxTopicLengthBytes = 65_535 };
        await Script.RunAsync($"""
            a> CONNECT a clean
            a< CONNACK Accepted
            a> SUBSCRIBE id=1 {longest}@0
            a< SUBACK id=1 0
            a> PUBLISH {longest}=y@0
            a< PUBLISH {longest}=y@0
            """, options);
    }

    [Fact]
    public Task MQTT_4_7_3_4_topics_are_compared_as_they_are() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 a/b@0 é@0
        a< SUBACK id=1 0 0
        a> PUBLISH A/b=case@0
        a> PUBLISH /a/b=slash@0
        a> PUBLISH a/b/=slash@0
        a> PUBLISH a//b=slash@0
        a> hex 30 05 00 03 65 cc 81
        a< nothing
        a> PUBLISH é=composed@0
        a< PUBLISH é=composed@0
        """);

    [Theory]
    [InlineData("hex 20 02 00 00")]
    [InlineData("hex 90 03 00 01 00")]
    [InlineData("hex b0 02 00 01")]
    [InlineData("hex d0 00")]
    [InlineData("hex c0 01 00")]
    public Task MQTT_4_8_0_1_protocol_violation_closes(string packet) => Script.RunAsync($"""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> {packet}
        a< CLOSED
        """);

    private static Task InOrder(string topic)
    {
        var lines = new List<string>
        {
            "a> CONNECT a", "a< CONNACK Accepted", $"a> SUBSCRIBE id=1 {topic}@1", "a< SUBACK id=1 1",
            "b> CONNECT b clean", "b< CONNACK Accepted",
        };
        lines.AddRange(Enumerable.Range(1, 500).SelectMany(i => new[]
        {
            $"b> PUBLISH {topic}={i}@1 id={i}", $"b< PUBACK id={i}",
        }));
        lines.AddRange(Enumerable.Range(1, 500).SelectMany(i => new[]
        {
            $"a< PUBLISH {topic}={i}@1 id={i}", $"a> PUBACK id={i}",
        }));
        return Script.RunBothAsync(string.Join('\n', lines));
    }

    private sealed class Everything : IBrokerAuthority
    {
        public ValueTask<ConnectDecision> AuthenticateAsync(ConnectAttempt attempt, CancellationToken cancellation) =>
            new(ConnectDecision.Accept());

        public bool MayPublish(BrokerSession session, string topic) => true;

        public bool MaySubscribe(BrokerSession session, string filter) => true;
    }
}
