namespace MicroFirmware.Appliance
{
    /// <summary>A network that the board sees.</summary>
    public sealed class NetworkSeen
    {
        /// <summary>Describes one.</summary>
        /// <param name="name">Its name, an octet in each character; may be empty.</param>
        /// <param name="rssi">Strength of its signal, in dBm.</param>
        /// <param name="channel">Its channel; 0 where that is not known.</param>
        public NetworkSeen(string name, int rssi, int channel)
        {
            Name = name;
            Rssi = rssi;
            Channel = channel;
        }

        /// <summary>Its name, an octet in each character; may be empty.</summary>
        public string Name { get; }

        /// <summary>Strength of its signal, in dBm.</summary>
        public int Rssi { get; }

        /// <summary>Its channel; 0 where that is not known.</summary>
        public int Channel { get; }
    }
}
