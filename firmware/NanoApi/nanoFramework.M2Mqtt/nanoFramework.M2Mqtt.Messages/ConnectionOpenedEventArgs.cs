using System;

namespace nanoFramework.M2Mqtt.Messages
{
    public class ConnectionOpenedEventArgs : EventArgs
    {
        public extern ConnectionOpenedEventArgs(MqttMsgConnack connact);

        public extern MqttMsgConnack Message { get; }
    }
}
