using System.Net;
using System.Net.Sockets;

namespace MicroFirmware.Lightning.Tests.Rig;

/// <summary>A port of loopback that nobody has at the moment.</summary>
internal static class FreePort
{
    public static int Take()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
