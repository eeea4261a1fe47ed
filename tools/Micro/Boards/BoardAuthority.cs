using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Mining;

namespace MicroFirmware.Micro.Boards;

/// <summary>The certificate authority that virtual boards believe: the gateway's <c>authority.pem</c>.</summary>
internal static class BoardAuthority
{
    private const int HttpTlsPort = 8443;
    private const int MqttTlsPort = 8883;

    /// <summary>Reads the file.</summary>
    /// <returns>The certificate, DER.</returns>
    /// <exception cref="CommandFailure">It cannot be read, or is none.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            using X509Certificate2 authority = X509Certificate2.CreateFromPem(File.ReadAllText(path));
            return authority.RawData;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CommandFailure(ExitCode.Configuration, $"{path} is no certificate: {e.Message}",
                "copy authority.pem from the gateway's data directory", e);
        }
    }

    /// <summary>The same gateway over TLS; a usual port becomes the usual one of TLS.</summary>
    public static GatewayAddress Secure(GatewayAddress plain) => new(
        plain.Host,
        plain.HttpPort == GatewayAddress.DefaultHttpPort ? HttpTlsPort : plain.HttpPort,
        plain.MqttPort == GatewayAddress.DefaultMqttPort ? MqttTlsPort : plain.MqttPort,
        true);
}
