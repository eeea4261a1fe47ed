using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Lightning.Backends;

namespace MicroFirmware.Gateway.Payouts;

/// <summary>Opens the Lightning node of a configuration.</summary>
internal static class PayoutNode
{
    private const UnixFileMode Everybody = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Reads the credential; connects to nothing yet. Nothing of it is repeated, not even in an error.
    /// </summary>
    /// <exception cref="ConfigurationException">A setting is wrong, or the file cannot be read, or everybody can read
    /// it.</exception>
    public static ILightningNode Open(PayoutSettings settings)
    {
        if (!settings.IsEnabled)
        {
            return new NoLightningNode();
        }

        string path = settings.CredentialFile;
        if (!OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Everybody) != 0)
        {
            throw new ConfigurationException(
                $"Payouts:CredentialFile: everybody on this machine can read {path}: take that away (chmod 600).");
        }

        return LightningNodes.TryOpen(settings.Node, out ILightningNode? node, out string problem)
            ? node!
            : throw new ConfigurationException($"Payouts:{problem}");
    }
}
