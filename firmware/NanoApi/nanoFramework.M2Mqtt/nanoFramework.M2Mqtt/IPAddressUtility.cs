using System.Net;
using System.Net.Sockets;

namespace nanoFramework.M2Mqtt
{
    public static class IPAddressUtility
    {
        public static extern AddressFamily GetAddressFamily(IPAddress ipAddress);
    }
}
