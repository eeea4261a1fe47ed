using System.Text.Json;
using System.Text.Json.Serialization;

namespace MicroFirmware.Gateway.Backups;

/// <summary>What a backup holds: its last entry, so that a backup without one did not come to its end.</summary>
/// <param name="Format">The form of the backup; <see cref="CurrentFormat"/>.</param>
/// <param name="TakenUnixMs">The moment whose state it holds, milliseconds since 1970 UTC.</param>
/// <param name="Program">The version of the program that made it.</param>
/// <param name="Files">Every other entry, in order.</param>
internal sealed record BackupManifest(
    int Format, long TakenUnixMs, string Program, IReadOnlyList<BackupManifest.File> Files)
{
    /// <summary>The form that this program writes, and the only one it reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The name of its entry.</summary>
    public const string EntryName = "manifest.json";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        RespectNullableAnnotations = true,
    };

    /// <summary>The moment whose state it holds.</summary>
    [JsonIgnore]
    public DateTimeOffset Taken => DateTimeOffset.FromUnixTimeMilliseconds(TakenUnixMs);

    /// <summary>A file of the data directory.</summary>
    /// <param name="Name">Its path in the directory, with <c>/</c>.</param>
    /// <param name="Length">Its octets.</param>
    /// <param name="Sha256">Their digest, 64 hexadecimal digits.</param>
    internal sealed record File(string Name, long Length, string Sha256);

    /// <summary>The manifest as UTF-8.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, s_json);

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It is none, or of a form that this program does not know.</exception>
    public static BackupManifest Parse(ReadOnlySpan<byte> json)
    {
        BackupManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<BackupManifest>(json, s_json);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The backup's {EntryName} cannot be read: {e.Message}", e);
        }

        return manifest?.Format == CurrentFormat
            ? manifest
            : throw new InvalidDataException($"The backup has form {manifest?.Format}, this program knows form "
                + $"{CurrentFormat}: use the program that made it ({manifest?.Program}).");
    }
}
