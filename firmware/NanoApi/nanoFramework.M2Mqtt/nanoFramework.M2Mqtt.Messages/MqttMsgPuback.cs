namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgPuback : MqttMsgBase
    {
        public extern MqttMsgPuback();

        public extern MqttReasonCode ReasonCode { get; set; }
        public extern string Reason { get; set; }

        public override extern byte[] GetBytes(MqttProtocolVersion protocolVersion);
        public static extern MqttMsgPuback Parse(
            byte fixedHeaderFirstByte, MqttProtocolVersion protocolVersion, IMqttNetworkChannel channel);
        public override extern string ToString();
    }
}
