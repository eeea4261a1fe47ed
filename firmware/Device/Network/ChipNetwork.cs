using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Text;
using System.Threading;
using MicroFirmware.Appliance;
using nanoFramework.Networking;

namespace MicroFirmware.Device
{
    /// <summary>The chip's Wi-Fi and its time client. What may wait does so on a thread of its own.</summary>
    internal sealed class ChipNetwork : INetwork
    {
        /// <summary>How long what was seen of the interfaces is taken for true.</summary>
        private const int LookIntervalMs = 1000;

        private const int ConnectTimeoutMs = 55000;
        private const string NoAddress = "0.0.0.0";

        private readonly Worker _worker = new Worker();
        private readonly Wake _wake;
        private string _name;
        private string _password;
        private string _timeServer;
        private bool _isJoining;
        private bool _hasAddress;
        private long _lookedAt;
        private WifiAdapter _looking;

        internal ChipNetwork(Wake wake)
        {
            _wake = wake;
        }

        /// <inheritdoc/>
        public NetworkStatus Status
        {
            get
            {
                long now = Environment.TickCount64;
                if (now - _lookedAt >= LookIntervalMs)
                {
                    _lookedAt = now;
                    _hasAddress = HasAddress();
                }

                return _isJoining ? NetworkStatus.Joining : _hasAddress ? NetworkStatus.Joined : NetworkStatus.Down;
            }
        }

        /// <inheritdoc/>
        public bool CanLookAround
        {
            get { return true; }
        }

        /// <inheritdoc/>
        public NetworkSeen[] Seen { get; private set; }

        /// <inheritdoc/>
        public void Join(string name, string password)
        {
            _name = name;
            _password = password;
            _isJoining = true;
            _worker.Post(Connect);
        }

        /// <inheritdoc/>
        public void Leave()
        {
            _hasAddress = false;
            _worker.Post(Disconnect);
        }

        /// <inheritdoc/>
        public void AskTime(string server)
        {
            _timeServer = server;
            _worker.Post(SetClock);
        }

        /// <inheritdoc/>
        public void LookAround()
        {
            Seen = null;
            _worker.Post(Look);
        }

        private static bool HasAddress()
        {
            foreach (NetworkInterface candidate in NetworkInterface.GetAllNetworkInterfaces())
            {
                string address = candidate.IPv4Address;
                if (candidate.NetworkInterfaceType == NetworkInterfaceType.Wireless80211
                    && address != null && address.Length > 0 && address != NoAddress)
                {
                    return true;
                }
            }

            return false;
        }

        // Settings hold an octet in each character; the radio wants text.
        private static string TextOf(string octets)
        {
            byte[] bytes = new byte[octets.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)octets[i];
            }

            return Encoding.UTF8.GetString(bytes, 0, bytes.Length);
        }

        private static string OctetsOf(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            char[] octets = new char[bytes.Length];
            for (int i = 0; i < octets.Length; i++)
            {
                octets[i] = (char)bytes[i];
            }

            return new string(octets);
        }

        private void Connect()
        {
            try
            {
                // What an earlier attempt left behind would make the next one fail.
                WifiNetworkHelper.Reset();
                CancellationTokenSource deadline = new CancellationTokenSource(ConnectTimeoutMs);
                bool isKnown = _name.Length == 0;
                _hasAddress = isKnown
                    ? WifiNetworkHelper.Reconnect(token: deadline.Token)
                    : WifiNetworkHelper.ConnectDhcp(TextOf(_name), TextOf(_password), token: deadline.Token);
            }
            finally
            {
                _isJoining = false;
                _wake.Up();
            }
        }

        private void Disconnect()
        {
            WifiNetworkHelper.Disconnect();
            WifiNetworkHelper.Reset();
        }

        private void SetClock()
        {
            Sntp.Server1 = _timeServer;
            if (!Sntp.IsStarted)
            {
                Sntp.Start();
            }

            Sntp.UpdateNow();
            _wake.Up();
        }

        private void Look()
        {
            if (_looking == null)
            {
                _looking = WifiAdapter.FindAllAdapters()[0];
                _looking.AvailableNetworksChanged += OnSeen;
            }

            _looking.ScanAsync();
        }

        private void OnSeen(WifiAdapter adapter, object e)
        {
            WifiAvailableNetwork[] networks = adapter.NetworkReport.AvailableNetworks;
            NetworkSeen[] seen = new NetworkSeen[networks.Length];
            for (int i = 0; i < seen.Length; i++)
            {
                int rssi = (int)networks[i].NetworkRssiInDecibelMilliwatts;
                seen[i] = new NetworkSeen(OctetsOf(networks[i].Ssid), rssi, 0);
            }

            Seen = seen;
            _wake.Up();
        }
    }
}
