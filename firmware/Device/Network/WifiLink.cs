using System;
using System.Net.NetworkInformation;
using System.Threading;
using nanoFramework.Networking;

namespace MicroFirmware.Device
{
    /// <summary>
    /// Keeps the board on its Wi-Fi and its clock on a time server, for ever: a thread looks whether there is an
    /// address and connects anew while there is none. Nothing that the access point does needs a restart of the board.
    /// </summary>
    internal sealed class WifiLink
    {
        private const int LookIntervalMs = 5000;
        private const int ConnectTimeoutMs = 60000;
        private const string NoAddress = "0.0.0.0";

        private readonly BoardSettings _settings;
        private readonly Wake _wake;

        internal WifiLink(BoardSettings settings, Wake wake)
        {
            _settings = settings;
            _wake = wake;
        }

        internal void Start()
        {
            new Thread(Run).Start();
        }

        private void Run()
        {
            while (true)
            {
                try
                {
                    if (!HasAddress() && Connect())
                    {
                        StartClock();
                        _wake.Up();
                    }
                }
                catch (Exception)
                {
                    // The radio or its driver was not ready: the next look tries again.
                }

                Thread.Sleep(LookIntervalMs);
            }
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

        private bool Connect()
        {
            // What an earlier attempt left behind would make the next one fail.
            WifiNetworkHelper.Reset();
            CancellationTokenSource deadline = new CancellationTokenSource(ConnectTimeoutMs);
            return _settings.WifiName == null
                ? WifiNetworkHelper.Reconnect(token: deadline.Token)
                : WifiNetworkHelper.ConnectDhcp(_settings.WifiName, _settings.WifiPassword, token: deadline.Token);
        }

        private void StartClock()
        {
            Sntp.Server1 = _settings.TimeServer;
            if (!Sntp.IsStarted)
            {
                Sntp.Start();
            }

            Sntp.UpdateNow();
        }
    }
}
