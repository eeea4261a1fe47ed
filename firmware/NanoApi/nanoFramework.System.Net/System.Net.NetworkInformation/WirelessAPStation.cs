namespace System.Net.NetworkInformation
{
    public class WirelessAPStation
    {
        internal extern WirelessAPStation();

        public extern byte[] MacAddress { get; }
        public extern sbyte Rssi { get; }
        public extern PhyProtocols PhyModes { get; }
    }
}
