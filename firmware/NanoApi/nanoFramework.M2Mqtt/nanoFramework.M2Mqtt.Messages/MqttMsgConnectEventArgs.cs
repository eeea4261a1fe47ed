using System;

namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgConnectEventArgs : EventArgs
    {
        public extern MqttMsgConnectEventArgs(MqttMsgConnect connect);

        public extern MqttMsgConnect Message { get; }
    }
}
