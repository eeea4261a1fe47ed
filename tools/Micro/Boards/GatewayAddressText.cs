using System.Globalization;
using MicroFirmware.Mining;

namespace MicroFirmware.Micro.Boards;

/// <summary>Gateways as people type them: <c>host</c>, <c>host:8080</c> or <c>host:8080:1883</c>.</summary>
internal static class GatewayAddressText
{
    /// <summary>Reads an address; ports that are left out are the firmware's defaults.</summary>
    public static bool TryParse(string text, out GatewayAddress? address)
    {
        address = null;
        string[] parts = text.Split(':');
        int httpPort = GatewayAddress.DefaultHttpPort;
        int mqttPort = GatewayAddress.DefaultMqttPort;
        bool isAddress = parts.Length <= 3
            && (parts.Length < 2 || TryParsePort(parts[1], out httpPort))
            && (parts.Length < 3 || TryParsePort(parts[2], out mqttPort));
        if (isAddress)
        {
            var candidate = new GatewayAddress(parts[0], httpPort, mqttPort, false);
            address = candidate.IsValid ? candidate : null;
        }

        return address is not null;
    }

    private static bool TryParsePort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);
}
