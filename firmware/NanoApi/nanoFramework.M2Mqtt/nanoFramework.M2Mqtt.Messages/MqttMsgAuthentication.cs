namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgAuthentication : MqttMsgBase
    {
        public extern MqttMsgAuthentication();

        public extern string AuthenticationMethod { get; set; }
        public extern byte[] AuthenticationData { get; set; }
        public extern string Reason { get; set; }
        public extern MqttReasonCode ReasonCode { get; set; }

        public override extern byte[] GetBytes(MqttProtocolVersion protocolVersion);
        public static extern MqttMsgAuthentication Parse(
            byte fixedHeaderFirstByte, MqttProtocolVersion protocolVersion, IMqttNetworkChannel channel);
    }
}
