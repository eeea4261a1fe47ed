namespace System.Device.Wifi
{
    public class WifiAvailableNetwork
    {
        public extern WifiAvailableNetwork();

        public extern string Bsid { get; }
        public extern string Ssid { get; }
        public extern WifiNetworkKind NetworkKind { get; }
        public extern double NetworkRssiInDecibelMilliwatts { get; }
        public extern byte SignalBars { get; }
    }
}
