namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgPubrel : MqttMsgBase
    {
        public extern MqttMsgPubrel();

        public extern MqttReasonCode ReasonCode { get; set; }
        public extern string Reason { get; set; }

        public override extern byte[] GetBytes(MqttProtocolVersion protocolVersion);
        public static extern MqttMsgPubrel Parse(
            byte fixedHeaderFirstByte, MqttProtocolVersion protocolVersion, IMqttNetworkChannel channel);
        public override extern string ToString();
    }
}
