using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Tests.Conformance;

/// <summary>MQTT 3.1.1, sections 3.1 and 3.2: CONNECT and CONNACK.</summary>
public sealed class Chapter3ConnectTests
{
    [Theory]
    [InlineData("PUBLISH t=x@0")]
    [InlineData("PINGREQ")]
    [InlineData("SUBSCRIBE id=1 t@0")]
    [InlineData("DISCONNECT")]
    public Task MQTT_3_1_0_1_first_packet_other_than_connect_closes(string packet) => Script.RunAsync($"""
        a> {packet}
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_0_2_second_connect_closes() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> CONNECT a clean
        a< CLOSED
        """);

    [Theory]
    [InlineData("hex 10 0e 00 06 4d 51 49 73 64 70 03 02 00 3c 00 00")]
    [InlineData("hex 10 0c 00 04 6d 71 74 74 04 02 00 00 00 00")]
    public Task MQTT_3_1_2_1_other_protocol_name_closes(string packet) => Script.RunAsync($"""
        a> {packet}
        a< CLOSED
        """);

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(0x84)]
    public Task MQTT_3_1_2_2_other_protocol_level_gets_code_1(int level) => Script.RunAsync($"""
        a> CONNECT a level={level} clean
        a< CONNACK UnacceptableProtocolVersion
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_2_3_reserved_connect_flag_closes() => Script.RunAsync("""
        a> hex 10 0d 00 04 4d 51 54 54 04 03 00 00 00 01 61
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_2_4_session_without_clean_is_resumed() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@1
        a< SUBACK id=1 1
        a> DISCONNECT
        a< CLOSED
        a> CONNECT a
        a< CONNACK Accepted present
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH t=still subscribed@1 id=9
        b< PUBACK id=9
        a< PUBLISH t=still subscribed@1 id=1
        """);

    [Fact]
    public Task MQTT_3_1_2_5_messages_for_an_absent_client_are_stored() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@2
        a< SUBACK id=1 2
        a> DISCONNECT
        a< CLOSED
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH t=one@1 id=1
        b< PUBACK id=1
        b> PUBLISH t=two@2 id=2
        b< PUBREC id=2
        a> CONNECT a
        a< CONNACK Accepted present
        a< PUBLISH t=one@1 id=1
        a< PUBLISH t=two@2 id=2
        """);

    [Fact]
    public Task MQTT_3_1_2_6_clean_session_discards_what_was_kept() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@1
        a< SUBACK id=1 1
        a> DISCONNECT
        a< CLOSED
        a> CONNECT a clean
        a< CONNACK Accepted
        a> PUBLISH t=x@0
        a< nothing
        a> DISCONNECT
        a< CLOSED
        a> CONNECT a
        a< CONNACK Accepted
        """);

    [Fact]
    public Task MQTT_3_1_2_7_retained_messages_outlive_the_session() => Script.RunBothAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> PUBLISH t=kept@1R id=1
        a< PUBACK id=1
        a> DISCONNECT
        a< CLOSED
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@1
        a< SUBACK id=1 1
        a< PUBLISH t=kept@1R id=1
        """);

    [Fact]
    public Task MQTT_3_1_2_8_will_is_published_when_the_connection_breaks() => Script.RunAsync("""
        w> CONNECT w clean
        w< CONNACK Accepted
        w> SUBSCRIBE id=1 gone/+@2
        w< SUBACK id=1 2
        a> CONNECT a clean will=gone/a:bye@2
        a< CONNACK Accepted
        a cut
        w< PUBLISH gone/a=bye@2 id=1
        """);

    [Fact]
    public Task MQTT_3_1_2_9_will_flag_without_a_will_closes() => Script.RunAsync("""
        a> hex 10 0d 00 04 4d 51 54 54 04 06 00 00 00 01 61
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_2_10_will_is_published_once() => Script.RunAsync("""
        w> CONNECT w clean
        w< CONNACK Accepted
        w> SUBSCRIBE id=1 gone/+@0
        w< SUBACK id=1 0
        a> CONNECT a will=gone/a:bye@0
        a< CONNACK Accepted
        a cut
        w< PUBLISH gone/a=bye@0
        a> CONNECT a
        a< CONNACK Accepted present
        a cut
        w< nothing
        """);

    [Theory]
    [InlineData("hex 10 12 00 04 4d 51 54 54 04 02 00 00 00 01 61 00 01 77 00 00")]
    public Task MQTT_3_1_2_11_will_fields_without_the_flag_close(string packet) => Script.RunAsync($"""
        a> {packet}
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_2_12_without_a_will_nothing_is_published() => Script.RunAsync("""
        w> CONNECT w clean
        w< CONNACK Accepted
        w> SUBSCRIBE id=1 #@0
        w< SUBACK id=1 0
        a> CONNECT a clean
        a< CONNACK Accepted
        a cut
        w< nothing
        """);

    [Fact]
    public Task MQTT_3_1_2_13_will_qos_without_a_will_closes() => Script.RunAsync("""
        a> hex 10 0d 00 04 4d 51 54 54 04 0a 00 00 00 01 61
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_2_14_will_qos_3_closes() => Script.RunAsync("""
        a> hex 10 12 00 04 4d 51 54 54 04 1e 00 00 00 01 61 00 01 77 00 00
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_2_15_will_retain_without_a_will_closes() => Script.RunAsync("""
        a> hex 10 0d 00 04 4d 51 54 54 04 22 00 00 00 01 61
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_2_16_will_without_retain_is_not_kept() => Script.RunAsync("""
        a> CONNECT a clean will=gone:bye@1
        a< CONNACK Accepted
        a cut
        b> CONNECT b clean
        b< CONNACK Accepted
        b> SUBSCRIBE id=1 gone@1
        b< SUBACK id=1 1
        b< nothing
        """);

    [Fact]
    public Task MQTT_3_1_2_17_will_with_retain_is_kept() => Script.RunBothAsync("""
        a> CONNECT a clean will=gone:bye@1R
        a< CONNACK Accepted
        a cut
        b> CONNECT b clean
        b< CONNACK Accepted
        b> SUBSCRIBE id=1 gone@1
        b< SUBACK id=1 1
        b< PUBLISH gone=bye@1R id=1
        """);

    [Fact]
    public Task MQTT_3_1_2_18_user_name_without_the_flag_closes() => Script.RunAsync("""
        a> hex 10 10 00 04 4d 51 54 54 04 02 00 00 00 01 61 00 01 75
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_2_19_flag_without_a_user_name_closes() => Script.RunAsync("""
        a> hex 10 0d 00 04 4d 51 54 54 04 82 00 00 00 01 61
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_2_20_password_without_the_flag_closes() => Script.RunAsync("""
        a> hex 10 13 00 04 4d 51 54 54 04 82 00 00 00 01 61 00 01 75 00 01 70
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_2_21_flag_without_a_password_closes() => Script.RunAsync("""
        a> hex 10 10 00 04 4d 51 54 54 04 c2 00 00 00 01 61 00 01 75
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_2_22_password_flag_without_user_name_flag_closes() => Script.RunAsync("""
        a> hex 10 10 00 04 4d 51 54 54 04 42 00 00 00 01 61 00 01 70
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_2_24_silence_of_one_and_a_half_keep_alives_is_a_failure() => Script.RunAsync("""
        w> CONNECT w clean
        w< CONNACK Accepted
        w> SUBSCRIBE id=1 gone@0
        w< SUBACK id=1 0
        a> CONNECT a clean keep=10 will=gone:silent@0
        a< CONNACK Accepted
        wait 14.5
        a< nothing
        wait 14.5
        a> PUBLISH any=x@0
        a< nothing
        w< nothing
        wait 15.6
        a< CLOSED
        w< PUBLISH gone=silent@0
        """);

    [Fact]
    public Task MQTT_3_1_2_24_keep_alive_zero_is_no_limit() => Script.RunAsync("""
        a> CONNECT a clean keep=0
        a< CONNACK Accepted
        wait 100000
        a< nothing
        """);

    [Fact]
    public async Task MQTT_3_1_3_1_fields_come_in_their_order()
    {
        var authority = new Listener();
        await Script.RunAsync(
            "a> CONNECT a clean will=topic:payload@1 user=name password=word\na< CONNACK Accepted", null, authority);
        Assert.Equal("a name word topic", authority.Seen);
    }

    [Fact]
    public Task MQTT_3_1_3_2_state_belongs_to_the_client_id() => Script.RunBothAsync("""
        a> CONNECT one
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@1
        a< SUBACK id=1 1
        a> DISCONNECT
        a< CLOSED
        b> CONNECT two
        b< CONNACK Accepted
        b> PUBLISH t=for one@1 id=1
        b< PUBACK id=1
        b> DISCONNECT
        b< CLOSED
        c> CONNECT one
        c< CONNACK Accepted present
        c< PUBLISH t=for one@1 id=1
        """);

    [Fact]
    public Task MQTT_3_1_3_3_missing_client_id_closes() => Script.RunAsync("""
        a> hex 10 0a 00 04 4d 51 54 54 04 02 00 00
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_3_4_client_id_that_is_not_utf8_closes() => Script.RunAsync("""
        a> hex 10 0e 00 04 4d 51 54 54 04 02 00 00 00 02 c3 28
        a< CLOSED
        """);

    [Theory]
    [InlineData("0")]
    [InlineData("0123456789abcdefghijklm")]
    [InlineData("nopqrstuvwxyzABCDEFGHIJ")]
    [InlineData("KLMNOPQRSTUVWXYZ")]
    public Task MQTT_3_1_3_5_client_ids_every_server_must_take_are_taken(string id) => Script.RunAsync($"""
        a> CONNECT {id} clean
        a< CONNACK Accepted
        """);

    [Fact]
    public Task MQTT_3_1_3_6_empty_client_ids_are_different_clients() => Script.RunAsync("""
        a> CONNECT  clean
        a< CONNACK Accepted
        b> CONNECT  clean
        b< CONNACK Accepted
        a< nothing
        b< nothing
        """);

    [Fact]
    public Task MQTT_3_1_3_7_empty_client_id_needs_clean_session() => Script.RunAsync("""
        a> CONNECT  keep=0
        a< CONNACK IdentifierRejected
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_3_8_empty_client_id_without_clean_session_gets_code_2() => Script.RunAsync("""
        a> hex 10 0c 00 04 4d 51 54 54 04 00 00 00 00 00
        a< CONNACK IdentifierRejected
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_3_9_rejected_client_id_gets_code_2() => Script.RunAsync("""
        a> CONNECT much-too-long-for-this-broker clean
        a< CONNACK IdentifierRejected
        a< CLOSED
        """, new BrokerOptions { MaxClientIdLength = 23 });

    [Fact]
    public Task MQTT_3_1_3_10_will_topic_that_is_not_utf8_closes() => Script.RunAsync("""
        a> hex 10 13 00 04 4d 51 54 54 04 06 00 00 00 01 61 00 02 c3 28 00 00
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_3_11_user_name_that_is_not_utf8_closes() => Script.RunAsync("""
        a> hex 10 11 00 04 4d 51 54 54 04 82 00 00 00 01 61 00 02 c3 28
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_4_1_connect_that_does_not_conform_closes_without_connack() => Script.RunAsync("""
        a> hex 10 0e 00 04 4d 51 54 54 04 02 00 00 00 01 61 00
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_3_1_4_2_second_connection_of_a_client_closes_the_first() => Script.RunBothAsync("""
        a> CONNECT same clean
        a< CONNACK Accepted
        b> CONNECT same clean
        b< CONNACK Accepted
        a< CLOSED
        b< nothing
        c> CONNECT same
        c< CONNACK Accepted
        b< CLOSED
        c< nothing
        """);

    [Fact]
    public Task MQTT_3_1_4_3_clean_session_is_processed_after_take_over() => Script.RunBothAsync("""
        a> CONNECT same
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@1
        a< SUBACK id=1 1
        b> CONNECT same
        b< CONNACK Accepted present
        a< CLOSED
        c> CONNECT c clean
        c< CONNACK Accepted
        c> PUBLISH t=x@1 id=1
        c< PUBACK id=1
        b< PUBLISH t=x@1 id=1
        """);

    [Fact]
    public Task MQTT_3_1_4_4_valid_connect_gets_code_0() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        """);

    [Fact]
    public Task MQTT_3_1_4_5_nothing_after_a_rejected_connect_is_processed() => Script.RunAsync("""
        w> CONNECT w clean
        w< CONNACK Accepted
        w> SUBSCRIBE id=1 #@0
        w< SUBACK id=1 0
        a> hex 10 0c 00 04 4d 51 54 54 04 00 00 00 00 00 30 03 00 01 74
        a< CONNACK IdentifierRejected
        a< CLOSED
        w< nothing
        """);

    [Fact]
    public Task MQTT_3_2_0_1_connack_comes_before_messages_that_waited() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@1
        a< SUBACK id=1 1
        a cut
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH t=waited@1 id=1
        b< PUBACK id=1
        a> CONNECT a
        a< CONNACK Accepted present
        a< PUBLISH t=waited@1 id=1
        """);

    [Fact]
    public Task MQTT_3_2_2_1_clean_session_has_no_session_present() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a cut
        a> CONNECT a clean
        a< CONNACK Accepted
        """);

    [Fact]
    public Task MQTT_3_2_2_2_kept_session_is_present() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> DISCONNECT
        a< CLOSED
        a> CONNECT a
        a< CONNACK Accepted present
        """);

    [Fact]
    public Task MQTT_3_2_2_3_first_session_is_not_present() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        """);

    [Fact]
    public Task MQTT_3_2_2_4_refusal_has_no_session_present() => Script.RunAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a cut
        a> CONNECT a user=wrong
        a< CONNACK BadUserNameOrPassword
        a< CLOSED
        """, null, new Listener());

    [Theory]
    [InlineData("wrong", "BadUserNameOrPassword")]
    [InlineData("forbidden", "NotAuthorized")]
    [InlineData("later", "ServerUnavailable")]
    public Task MQTT_3_2_2_5_refusal_closes(string user, string code) => Script.RunAsync($"""
        a> CONNECT a clean user={user}
        a< CONNACK {code}
        a< CLOSED
        """, null, new Listener());

    [Fact]
    public Task MQTT_3_2_2_6_what_no_code_says_closes_without_connack() => Script.RunAsync("""
        a> hex 10 ff ff ff 7f 00 04
        a< CLOSED
        """);

    [Fact]
    public Task Will_to_a_forbidden_topic_gets_code_5() => Script.RunAsync("""
        a> CONNECT a clean will=forbidden:x@0
        a< CONNACK NotAuthorized
        a< CLOSED
        """, null, new Listener());

    private sealed class Listener : IBrokerAuthority
    {
        public string Seen { get; private set; } = "";

        public ValueTask<ConnectDecision> AuthenticateAsync(ConnectAttempt attempt, CancellationToken cancellation)
        {
            string password = System.Text.Encoding.UTF8.GetString(attempt.Password.Span);
            Seen = $"{attempt.ClientId} {attempt.UserName} {password}";
            return new(attempt.UserName switch
            {
                "wrong" => ConnectDecision.Refuse(ConnectReturnCode.BadUserNameOrPassword),
                "forbidden" => ConnectDecision.Refuse(ConnectReturnCode.NotAuthorized),
                "later" => ConnectDecision.Refuse(ConnectReturnCode.ServerUnavailable),
                _ => ConnectDecision.Accept(attempt),
            });
        }

        public bool MayPublish(BrokerSession session, string topic)
        {
            Seen += $" {topic}";
            return topic != "forbidden";
        }

        public bool MaySubscribe(BrokerSession session, string filter) => filter != "forbidden";
    }
}
