using System.Text.Json;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Lightning.Backends;

namespace MicroFirmware.Gateway.Payouts;

/// <summary>
/// The file of <c>Payouts:BackendFile</c>: where the node answers and what lets one in, as JSON. What is in it is never
/// repeated, not even in an error.
/// <code>
/// electrum   { "url": "http://127.0.0.1:7777", "user": "…", "password": "…" }
/// </code>
/// </summary>
internal static class NodeFile
{
    /// <summary>No node.</summary>
    public const string None = "none";

    private const string Key = "Payouts:BackendFile";
    private const int MaxOctets = 64 * 1024;

    private static readonly Dictionary<string, Func<Fields, ILightningNode>> s_makers = new()
    {
        ["electrum"] = fields => new ElectrumBackend(
            new ElectrumOptions(fields.Url("url"), fields.Text("user"), fields.Text("password")),
            new SocketsHttpHandler()),
    };

    /// <summary>The kinds of nodes there are.</summary>
    public static IReadOnlyCollection<string> Kinds => s_makers.Keys;

    /// <summary>Opens the node of a configuration; connects to nothing yet.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read, is open to others or lacks something.
    /// </exception>
    public static ILightningNode Open(PayoutSettings settings)
    {
        if (!settings.IsEnabled)
        {
            return new NoLightningNode();
        }

        string path = settings.BackendFile;
        try
        {
            if (OwnerFile.IsOpenToOthers(path))
            {
                throw new ConfigurationException(
                    $"{Key}: {path} can be read by others than its owner: take that right away (chmod 600).");
            }

            if (new FileInfo(path).Length > MaxOctets)
            {
                throw new ConfigurationException($"{Key}: {path} is too long to be what it should be.");
            }

            using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(path));
            return s_makers[settings.Backend](new Fields(path, file.RootElement.Clone()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{Key}: {e.Message}");
        }
        catch (JsonException e)
        {
            throw new ConfigurationException($"{Key}: line {e.LineNumber + 1} of {path} is no JSON.");
        }
    }

    /// <summary>The file's fields, by name.</summary>
    private sealed record Fields(string Path, JsonElement Root)
    {
        public string Text(string name) =>
            Root.ValueKind == JsonValueKind.Object && Root.TryGetProperty(name, out JsonElement value)
                && value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : throw new ConfigurationException($"{Key}: {Path} has no text \"{name}\".");

        public Uri Url(string name) =>
            Uri.TryCreate(Text(name), UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
                && url.UserInfo.Length == 0
                ? url
                : throw new ConfigurationException(
                    $"{Key}: \"{name}\" of {Path} is no address; write http://host:port, without a password.");
    }
}
