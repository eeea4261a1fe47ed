namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgConnect : MqttMsgBase
    {
        public extern MqttMsgConnect();
        public extern MqttMsgConnect(string clientId);
        public extern MqttMsgConnect(
            string clientId, string username, string password, bool willRetain, MqttQoSLevel willQosLevel,
            bool willFlag, string willTopic, string willMessage, bool cleanSession, ushort keepAlivePeriod,
            MqttProtocolVersion protocolVersion);

        public extern string ProtocolName { get; set; }
        public extern MqttProtocolVersion ProtocolVersion { get; set; }
        public extern string ClientId { get; set; }
        public extern bool WillRetain { get; set; }
        public extern byte WillQosLevel { get; set; }
        public extern bool WillFlag { get; set; }
        public extern string WillTopic { get; set; }
        public extern string WillMessage { get; set; }
        public extern string Username { get; set; }
        public extern string Password { get; set; }
        public extern bool CleanSession { get; set; }
        public extern ushort KeepAlivePeriod { get; set; }
        public extern string AuthenticationMethod { get; set; }
        public extern byte[] AuthenticationData { get; set; }
        public extern uint SessionExpiryInterval { get; set; }
        public extern bool RequestProblemInformation { get; set; }
        public extern bool RequestResponseInformation { get; set; }
        public extern ushort ReceiveMaximum { get; set; }
        public extern ushort TopicAliasMaximum { get; set; }
        public extern uint WillDelayInterval { get; set; }

        public static extern MqttMsgConnect Parse(
            byte fixedHeaderFirstByte, MqttProtocolVersion protocolVersion, IMqttNetworkChannel channel);
        public override extern byte[] GetBytes(MqttProtocolVersion protocolVersion);
        public override extern string ToString();
    }
}
