using System;

namespace nanoFramework.M2Mqtt.Exceptions
{
    public class MqttConnectionException : Exception
    {
        public extern MqttConnectionException(string message, Exception innerException);
    }
}
