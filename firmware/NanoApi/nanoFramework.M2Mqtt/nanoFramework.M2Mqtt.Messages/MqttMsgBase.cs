using System.Collections;

namespace nanoFramework.M2Mqtt.Messages
{
    public abstract class MqttMsgBase
    {
        protected extern MqttMsgBase();

        public extern MqttMessageType Type { get; set; }
        public extern bool DupFlag { get; set; }
        public extern MqttQoSLevel QosLevel { get; set; }
        public extern bool Retain { get; set; }
        public extern ushort MessageId { get; set; }
        public extern ArrayList UserProperties { get; }
        public extern uint MaximumPacketSize { get; set; }

        public abstract byte[] GetBytes(MqttProtocolVersion protocolVersion);
        protected extern int EncodeVariableByte(int remainingLength, byte[] buffer, int index);
        protected static extern int DecodeVariableByte(IMqttNetworkChannel channel);
    }
}
