using System.Net.Sockets;

namespace System.Net
{
    public class IPEndPoint : EndPoint
    {
        public const int MinPort = 0;
        public const int MaxPort = 65535;

        public extern IPEndPoint(long address, int port);
        public extern IPEndPoint(IPAddress address, int port);

        public extern IPAddress Address { get; }
        public extern AddressFamily AddressFamily { get; }
        public extern int Port { get; }

        public override extern SocketAddress Serialize();
        public override extern EndPoint Create(SocketAddress socketAddress);
        public override extern string ToString();
        public override extern bool Equals(object obj);
        public override extern int GetHashCode();
    }
}
