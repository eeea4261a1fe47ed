using System;

namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgSubscribedEventArgs : EventArgs
    {
        public extern MqttMsgSubscribedEventArgs(ushort messageId, MqttQoSLevel[] grantedQosLevels);

        public extern ushort MessageId { get; }
        public extern MqttQoSLevel[] GrantedQoSLevels { get; }
    }
}
