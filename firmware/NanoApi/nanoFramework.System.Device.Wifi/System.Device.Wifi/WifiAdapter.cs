namespace System.Device.Wifi
{
    public sealed class WifiAdapter : IDisposable
    {
        internal extern WifiAdapter();

        public extern event AvailableNetworksChangedEventHandler AvailableNetworksChanged;

        public extern int NetworkInterface { get; }
        public extern WifiNetworkReport NetworkReport { get; }

        public extern WifiConnectionResult Connect(
            WifiAvailableNetwork availableNetwork, WifiReconnectionKind reconnectionKind, string passwordCredential);
        public extern WifiConnectionResult Connect(
            string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential);
        public extern void Disconnect();
        public static extern WifiAdapter[] FindAllAdapters();
        public extern void SetDeviceName(string deviceName);
        public extern void ScanAsync();
        extern ~WifiAdapter();
        public extern void Dispose();
    }
}
