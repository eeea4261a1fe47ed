using System;

namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgAuthenticationEventArgs : EventArgs
    {
        public extern MqttMsgAuthenticationEventArgs(MqttMsgAuthentication authentication);

        public extern MqttMsgAuthentication Message { get; }
    }
}
