namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgConnack : MqttMsgBase
    {
        public extern MqttMsgConnack();

        public extern bool SessionPresent { get; set; }
        public extern MqttReasonCode ReturnCode { get; set; }
        public extern uint SessionExpiryInterval { get; set; }
        public extern ushort ReceiveMaximum { get; set; }
        public extern bool MaximumQoS { get; set; }
        public extern bool RetainAvailable { get; set; }
        public extern string AssignedClientIdentifier { get; set; }
        public extern ushort TopicAliasMaximum { get; set; }
        public extern string Reason { get; set; }
        public extern bool WildcardSubscriptionAvailable { get; set; }
        public extern bool SubscriptionIdentifiersAvailable { get; set; }
        public extern bool SharedSubscriptionAvailable { get; set; }
        public extern ushort ServerKeepAlive { get; set; }
        public extern string ResponseInformation { get; set; }
        public extern string ServerReference { get; set; }
        public extern string AuthenticationMethod { get; set; }
        public extern byte[] AuthenticationData { get; set; }

        public static extern MqttMsgConnack Parse(
            byte fixedHeaderFirstByte, MqttProtocolVersion protocolVersion, IMqttNetworkChannel channel);
        public override extern byte[] GetBytes(MqttProtocolVersion protocolVersion);
        public override extern string ToString();
    }
}
