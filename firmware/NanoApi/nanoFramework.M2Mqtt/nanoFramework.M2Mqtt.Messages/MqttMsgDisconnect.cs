namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgDisconnect : MqttMsgBase
    {
        public extern MqttMsgDisconnect();

        public extern uint SessionExpiryInterval { get; set; }
        public extern string Reason { get; set; }
        public extern string ServerReference { get; set; }
        public extern MqttReasonCode ResonCode { get; set; }

        public static extern MqttMsgDisconnect Parse(
            byte fixedHeaderFirstByte, MqttProtocolVersion protocolVersion, IMqttNetworkChannel channel);
        public override extern byte[] GetBytes(MqttProtocolVersion protocolVersion);
        public override extern string ToString();
    }
}
