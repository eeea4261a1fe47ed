using System;

namespace nanoFramework.M2Mqtt.Messages
{
    public class ConnectionClosedRequestEventArgs : EventArgs
    {
        public extern ConnectionClosedRequestEventArgs(MqttMsgDisconnect disconnect);

        public extern MqttMsgDisconnect Message { get; }
    }
}
