using System;

namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgPublishedEventArgs : EventArgs
    {
        public extern MqttMsgPublishedEventArgs(ushort messageId);
        public extern MqttMsgPublishedEventArgs(ushort messageId, bool isPublished);

        public extern ushort MessageId { get; set; }
        public extern bool IsPublished { get; set; }
    }
}
