using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>Where one gateway is reached.</summary>
    public sealed class GatewayAddress
    {
        /// <summary>The port of work requests where none is given.</summary>
        public const int DefaultHttpPort = 8080;

        /// <summary>The port of the broker where none is given: MQTT's own.</summary>
        public const int DefaultMqttPort = 1883;

        /// <summary>Makes an address.</summary>
        /// <param name="host">Name or IP address.</param>
        /// <param name="httpPort">Port of work requests.</param>
        /// <param name="mqttPort">Port of the broker.</param>
        /// <param name="isSecure">Whether both are reached over TLS.</param>
        public GatewayAddress(string host, int httpPort, int mqttPort, bool isSecure)
        {
            Host = host;
            HttpPort = httpPort;
            MqttPort = mqttPort;
            IsSecure = isSecure;
        }

        /// <summary>Name or IP address, 1 to 253 characters.</summary>
        public string Host { get; }

        /// <summary>Port of work requests, 1 to 65535.</summary>
        public int HttpPort { get; }

        /// <summary>Port of the broker, 1 to 65535.</summary>
        public int MqttPort { get; }

        /// <summary>Whether both are reached over TLS.</summary>
        public bool IsSecure { get; }

        /// <summary>Whether every part is in its range.</summary>
        public bool IsValid
        {
            get { return IsHost(Host) && IsPort(HttpPort) && IsPort(MqttPort); }
        }

        private static bool IsPort(int port)
        {
            return port >= 1 && port <= 65535;
        }

        private static bool IsHost(string host)
        {
            if (host == null || host.Length == 0 || host.Length > Limits.HostMaxLength)
            {
                return false;
            }

            for (int i = 0; i < host.Length; i++)
            {
                char c = host[i];
                bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                if (!(letter || (c >= '0' && c <= '9') || c == '.' || c == '-'))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
