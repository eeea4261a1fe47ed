namespace MicroFirmware.Serial.Unix;

/// <summary>Linux' list of ports: <c>/sys/class/tty</c>; a USB port's device stands some folders above it.</summary>
internal static class SysfsPorts
{
    // Interface, device, hub: what a USB serial driver puts between the port and the folder with the ids.
    private const int MostFoldersUp = 5;

    private static readonly string[] s_prefixes = ["ttyUSB", "ttyACM", "ttyAMA"];

    /// <summary>The USB ports, and the serial ports of single-board computers.</summary>
    /// <param name="classFolder">Normally <c>/sys/class/tty</c>.</param>
    /// <param name="deviceFolder">Normally <c>/dev</c>.</param>
    public static IEnumerable<SerialPortInfo> Read(string classFolder, string deviceFolder)
    {
        if (!Directory.Exists(classFolder))
        {
            yield break;
        }

        foreach (string entry in Directory.EnumerateFileSystemEntries(classFolder))
        {
            string name = Path.GetFileName(entry);
            if (s_prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                DirectoryInfo? usb = UsbFolderOf(entry);
                string port = Path.Combine(deviceFolder, name);
                yield return usb is null
                    ? new SerialPortInfo(port)
                    : new SerialPortInfo(port, IdOf(usb), Text(usb, "product"));
            }
        }
    }

    private static DirectoryInfo? UsbFolderOf(string entry)
    {
        string device = Path.Combine(Resolve(entry), "device");
        DirectoryInfo? folder = Directory.Exists(device) ? new DirectoryInfo(Resolve(device)) : null;
        for (int up = 0; up < MostFoldersUp && folder is not null; up++, folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "idVendor")))
            {
                return folder;
            }
        }

        return null;
    }

    private static string Resolve(string path) =>
        new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;

    private static string? IdOf(DirectoryInfo usb) =>
        Text(usb, "idVendor") is { } vendor && Text(usb, "idProduct") is { } product
            ? $"{vendor}:{product}".ToUpperInvariant()
            : null;

    private static string? Text(DirectoryInfo folder, string file)
    {
        try
        {
            string text = File.ReadAllText(Path.Combine(folder.FullName, file)).Trim();
            return text.Length == 0 ? null : text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
