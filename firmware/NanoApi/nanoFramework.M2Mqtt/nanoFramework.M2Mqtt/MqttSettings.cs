namespace nanoFramework.M2Mqtt
{
    public class MqttSettings
    {
        public const int BrokerDefaultPort = 1883;
        public const int BrokerDefaultSslPort = 8883;
        public const int DefaultTimeout = 30000;
        public const int MaximumAttemptsRetry = 3;
        public const int DefaultDelayRetry = 1000;
        public const int ConnectTimeout = 30000;
        public const int DefaultInflightQueueSize = 2147483647;

        internal extern MqttSettings();

        public extern int Port { get; }
        public extern int SslPort { get; }
        public extern int TimeoutOnConnection { get; }
        public extern int TimeoutOnReceiving { get; }
        public extern int AttemptsOnRetry { get; }
        public extern int DelayOnRetry { get; }
        public extern int InflightQueueSize { get; set; }
        public extern bool ValidateServerCertificate { get; set; }
        public static extern MqttSettings Instance { get; }
    }
}
