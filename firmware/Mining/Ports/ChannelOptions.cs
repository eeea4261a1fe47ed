namespace MicroFirmware.Mining
{
    /// <summary>What a connection to the broker is opened with.</summary>
    public sealed class ChannelOptions
    {
        /// <summary>Where the broker is: the gateway's host and MQTT port.</summary>
        public GatewayAddress Gateway { get; set; }

        /// <summary>MQTT client id.</summary>
        public string ClientId { get; set; }

        /// <summary>MQTT user name.</summary>
        public string User { get; set; }

        /// <summary>MQTT password, good for this one connection.</summary>
        public string Password { get; set; }

        /// <summary>Topic of the last will, which is retained and sent with QoS 1.</summary>
        public string WillTopic { get; set; }

        /// <summary>Payload of the last will.</summary>
        public byte[] WillPayload { get; set; }

        /// <summary>Topics to subscribe to, each with QoS 1.</summary>
        public string[] Subscriptions { get; set; }

        /// <summary>Keep-alive, in seconds.</summary>
        public ushort KeepAliveSeconds { get; set; }
    }
}
