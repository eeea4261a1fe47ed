namespace MicroFirmware.Mqtt.Tests.Conformance;

/// <summary>MQTT 3.1.1, sections 3.1.0 to 3.1.2: CONNECT and its flags.</summary>
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
        wait 20000
        a< nothing
        """);
}
