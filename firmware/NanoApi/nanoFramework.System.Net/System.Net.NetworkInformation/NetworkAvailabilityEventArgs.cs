namespace System.Net.NetworkInformation
{
    public class NetworkAvailabilityEventArgs : EventArgs
    {
        internal extern NetworkAvailabilityEventArgs();

        public extern bool IsAvailable { get; }
    }
}
