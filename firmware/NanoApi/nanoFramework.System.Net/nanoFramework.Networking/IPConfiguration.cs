namespace nanoFramework.Networking
{
    public class IPConfiguration
    {
        public extern IPConfiguration(
            string ipv4Address, string ipv4SubnetMask, string ipv4GatewayAddress, string[] ipv4DnsAddresses = null);

        public extern string IPAddress { get; set; }
        public extern string IPSubnetMask { get; set; }
        public extern string IPGatewayAddress { get; set; }
        public extern string[] IPDns { get; set; }
    }
}
