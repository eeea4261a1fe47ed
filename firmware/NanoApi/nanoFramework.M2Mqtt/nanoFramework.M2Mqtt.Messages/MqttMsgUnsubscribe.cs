namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgUnsubscribe : MqttMsgBase
    {
        public extern MqttMsgUnsubscribe();
        public extern MqttMsgUnsubscribe(string[] topics);

        public extern string[] Topics { get; set; }

        public static extern MqttMsgUnsubscribe Parse(
            byte fixedHeaderFirstByte, MqttProtocolVersion protocolVersion, IMqttNetworkChannel channel);
        public override extern byte[] GetBytes(MqttProtocolVersion protocolVersion);
        public override extern string ToString();
    }
}
