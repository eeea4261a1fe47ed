using System;

namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgSubscribeEventArgs : EventArgs
    {
        public extern MqttMsgSubscribeEventArgs(ushort messageId, string[] topics, MqttQoSLevel[] qosLevels);

        public extern ushort MessageId { get; }
        public extern string[] Topics { get; }
        public extern MqttQoSLevel[] QoSLevels { get; }
    }
}
