namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgUnsuback : MqttMsgBase
    {
        public extern MqttMsgUnsuback();

        public extern MqttReasonCode ReasonCode { get; set; }
        public extern string Reason { get; set; }

        public static extern MqttMsgUnsuback Parse(
            byte fixedHeaderFirstByte, MqttProtocolVersion protocolVersion, IMqttNetworkChannel channel);
        public override extern byte[] GetBytes(MqttProtocolVersion protocolVersion);
        public override extern string ToString();
    }
}
