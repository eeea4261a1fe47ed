namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgSuback : MqttMsgBase
    {
        public extern MqttMsgSuback();

        public extern MqttQoSLevel[] GrantedQoSLevels { get; set; }
        public extern MqttReasonCode[] ReasonCodes { get; set; }
        public extern string Reason { get; set; }

        public static extern MqttMsgSuback Parse(
            byte fixedHeaderFirstByte, MqttProtocolVersion protocolVersion, IMqttNetworkChannel channel);
        public override extern byte[] GetBytes(MqttProtocolVersion protocolVersion);
        public override extern string ToString();
    }
}
