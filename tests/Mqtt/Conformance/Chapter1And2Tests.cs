namespace MicroFirmware.Mqtt.Tests.Conformance;

/// <summary>MQTT 3.1.1, chapters 1 and 2: strings, fixed header, packet ids.</summary>
public sealed class Chapter1And2Tests
{
    [Theory]
    [InlineData("hex 30 05 00 03 ed a0 80")]
    [InlineData("hex 30 04 00 02 c3 28")]
    [InlineData("hex 82 07 00 01 00 02 ff fe 00")]
    [InlineData("hex a2 06 00 01 00 02 c0 80")]
    public Task MQTT_1_5_3_1_ill_formed_utf8_closes(string packet) => Script.RunAsync($"""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> {packet}
        a< CLOSED
        """);

    [Theory]
    [InlineData("hex 30 03 00 01 00")]
    [InlineData("hex 82 06 00 01 00 01 00 00")]
    [InlineData("hex a2 05 00 01 00 01 00")]
    public Task MQTT_1_5_3_2_null_character_closes(string packet) => Script.RunAsync($"""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> {packet}
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_1_5_3_3_byte_order_mark_is_a_character_and_stays() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> hex 82 09 00 01 00 04 ef bb bf 61 00
        a< SUBACK id=1 0
        a> PUBLISH a=without@0
        a< nothing
        a> hex 30 07 00 04 ef bb bf 61 21
        a< PUBLISH U+FEFFa=!@0
        """);

    [Theory]
    [InlineData("hex 41 02 00 01")]
    [InlineData("hex c8 00")]
    [InlineData("hex 52 02 00 01")]
    public Task MQTT_2_2_2_1_reserved_flags_have_the_values_of_table_2_2(string packet) => Script.RunAsync($"""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> {packet}
        a< CLOSED
        """);

    [Theory]
    [InlineData("hex 00 00")]
    [InlineData("hex f0 00")]
    [InlineData("hex 12 0c 00 04 4d 51 54 54 04 02 00 00 00 00")]
    [InlineData("hex 30 ff ff ff ff 7f")]
    public Task MQTT_2_2_2_2_invalid_flags_close(string packet) => Script.RunAsync($"""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> {packet}
        a< CLOSED
        """);

    [Theory]
    [InlineData("hex 32 05 00 01 61 00 00")]
    [InlineData("hex 34 05 00 01 61 00 00")]
    [InlineData("hex 82 06 00 00 00 01 61 00")]
    [InlineData("hex a2 05 00 00 00 01 61")]
    public Task MQTT_2_3_1_1_packet_id_zero_closes(string packet) => Script.RunAsync($"""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> {packet}
        a< CLOSED
        """);

    [Fact]
    public Task MQTT_2_3_1_4_server_uses_unused_ids_and_the_same_one_again() => Script.RunBothAsync("""
        a> CONNECT a
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@2
        a< SUBACK id=1 2
        b> CONNECT b clean
        b< CONNACK Accepted
        b> PUBLISH t=1@1 id=7
        b< PUBACK id=7
        b> PUBLISH t=2@2 id=7
        b< PUBREC id=7
        a< PUBLISH t=1@1 id=1
        a< PUBLISH t=2@2 id=2
        a> PUBACK id=1
        a> PUBREC id=2
        a< PUBREL id=2
        b> PUBLISH t=3@1 id=8
        b< PUBACK id=8
        a< PUBLISH t=3@1 id=3
        a cut
        a> CONNECT a
        a< CONNACK Accepted present
        a< PUBREL id=2
        a< PUBLISH t=3@1D id=3
        """);

    [Fact]
    public Task MQTT_2_3_1_5_qos_0_has_no_packet_id() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=1 t@2
        a< SUBACK id=1 2
        a> hex 30 05 00 01 74 2a 2b
        a< PUBLISH t=*+@0
        """);

    [Fact]
    public Task MQTT_2_3_1_6_acknowledgements_carry_the_publishs_id() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> PUBLISH t=x@1 id=65535
        a< PUBACK id=65535
        a> PUBLISH t=x@2 id=4660
        a< PUBREC id=4660
        a> PUBREL id=4660
        a< PUBCOMP id=4660
        """);

    [Fact]
    public Task MQTT_2_3_1_7_suback_and_unsuback_carry_the_requests_id() => Script.RunAsync("""
        a> CONNECT a clean
        a< CONNACK Accepted
        a> SUBSCRIBE id=4660 t@1
        a< SUBACK id=4660 1
        a> UNSUBSCRIBE id=22136 t
        a< UNSUBACK id=22136
        """);
}
