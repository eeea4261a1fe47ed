using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Tests.Conformance;

/// <summary>MQTT 3.1.1, sections 3.1.3 to 3.2: CONNECT's payload, what the server makes of it, CONNACK.</summary>
public sealed class Chapter3ConnackTests
{
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
