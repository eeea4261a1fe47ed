using System.Net.Security;

namespace nanoFramework.M2Mqtt
{
    public static class MqttSslUtility
    {
        public static extern SslProtocols ToSslPlatformEnum(MqttSslProtocols mqttSslProtocol);
    }
}
