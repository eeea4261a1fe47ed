using System.Text.Encodings.Web;
using System.Text.Json;
using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Gateway.Configuration;

/// <summary><c>settings.json</c> in the data directory: what was set on the gateway's own pages, key by key. Readable
/// by its owner only, since passwords of upstreams are in it.</summary>
internal static class SettingsFile
{
    /// <summary>Its name.</summary>
    public const string Name = "settings.json";

    // People read it; no web page does.
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Its place.</summary>
    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, Name);

    /// <summary>All keys and values; none where there is no file.</summary>
    /// <exception cref="ConfigurationException">It is there and cannot be read.</exception>
    public static SortedDictionary<string, string> Read(string path)
    {
        try
        {
            return File.Exists(path)
                ? new(JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(path)) ?? [],
                    StringComparer.OrdinalIgnoreCase)
                : new(StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path} cannot be read: {e.Message} Correct it, or move it away to run "
                + "without what was set on the pages.");
        }
    }

    /// <summary>Writes it in one step.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void Write(string path, SortedDictionary<string, string> settings) =>
        OwnerFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(settings, s_json));
}
