using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>The HTTP request (RFC 9112) that asks a gateway for work.</summary>
    internal static class WorkRequest
    {
        /// <summary>The octets to send. Every request has a connection of its own.</summary>
        internal static byte[] Build(GatewayAddress gateway, Credential credential)
        {
            return Ascii.GetBytes(
                "GET /v1/work HTTP/1.1\r\nHost: " + gateway.Host + ":" + gateway.HttpPort.ToString()
                + "\r\nAuthorization: " + credential.ToHttp()
                + "\r\nAccept: application/octet-stream\r\nConnection: close\r\n\r\n");
        }
    }
}
