using System;
using System.Device.Wifi;
using System.Threading;

namespace nanoFramework.Networking
{
    public static class WifiNetworkHelper
    {
        public static extern ManualResetEvent NetworkReady { get; }
        public static extern NetworkHelperStatus Status { get; }
        public static extern Exception HelperException { get; }
        public static extern WifiAdapter WifiAdapter { get; }

        public static extern void SetupNetworkHelper(bool requiresDateTime = false);
        public static extern void SetupNetworkHelper(IPConfiguration ipConfiguration, bool requiresDateTime = false);
        public static extern void SetupNetworkHelper(
            string ssid, string password, WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false);
        public static extern void Disconnect();
        public static extern bool ConnectDhcp(
            string ssid, string password, WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false, int wifiAdapterId = 0, CancellationToken token = default);
        public static extern bool ConnectFixAddress(
            string ssid, string password, IPConfiguration ipConfiguration,
            WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic, bool requiresDateTime = false,
            int WifiAdapter = 0, CancellationToken token = default);
        public static extern bool ScanAndConnectDhcp(
            string ssid, string password, WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false, int WifiAdapter = 0, CancellationToken token = default);
        public static extern bool Reconnect(
            bool requiresDateTime = false, int wifiAdapterId = 0, CancellationToken token = default);
        public static extern void Reset();
    }
}
