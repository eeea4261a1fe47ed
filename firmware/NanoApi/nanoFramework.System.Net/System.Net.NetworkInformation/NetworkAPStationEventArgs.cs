namespace System.Net.NetworkInformation
{
    public class NetworkAPStationEventArgs : EventArgs
    {
        internal extern NetworkAPStationEventArgs();

        public extern bool IsConnected { get; }
        public extern int StationIndex { get; }
    }
}
