using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace MicroFirmware.Dashboard.Assets;

/// <summary>Style sheet, scripts and icon, out of this assembly: each once as it is and once compressed. The style
/// sheet is written in files and served as one.</summary>
internal sealed class AssetShelf
{
    /// <summary>The style sheet's name.</summary>
    public const string StyleSheet = "site.css";

    private const int DigestDigits = 12;

    // In the order in which they count.
    private static readonly string[] s_styles =
        ["base.css", "parts.css", "chart.css", "boards.css", "settings.css", "wall.css", "narrow.css"];

    private static readonly Dictionary<string, string> s_types = new()
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private readonly Dictionary<string, Asset> _assets;

    /// <summary>Reads all of them.</summary>
    public AssetShelf()
    {
        Assembly own = typeof(AssetShelf).Assembly;
        _assets = own.GetManifestResourceNames()
            .Where(name => s_types.ContainsKey(Path.GetExtension(name)) && !s_styles.Contains(name))
            .ToDictionary(name => name, name => Pack(name, Read(own, name)));
        _assets[StyleSheet] = Pack(StyleSheet, [.. s_styles.SelectMany(name => Read(own, name))]);
        Release = string.Concat(_assets.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Value.Digest[..4]));
    }

    /// <summary>Changes whenever one of them does: a page of another release loads itself anew.</summary>
    public string Release { get; }

    /// <summary>Where a file is served: its content is in its name, so browsers keep it for good.</summary>
    public string UrlOf(string name) => $"/assets/{_assets[name].Digest}/{name}";

    /// <summary>The file, or null.</summary>
    public Asset? Find(string name) => _assets.GetValueOrDefault(name);

    private static byte[] Read(Assembly own, string name)
    {
        using Stream stream = own.GetManifestResourceStream(name)!;
        byte[] octets = new byte[stream.Length];
        stream.ReadExactly(octets);
        return octets;
    }

    private static Asset Pack(string name, byte[] octets)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(octets);
        }

        string digest = Convert.ToHexStringLower(SHA256.HashData(octets))[..DigestDigits];
        return new Asset(s_types[Path.GetExtension(name)], digest, octets, packed.ToArray());
    }

    /// <summary>One file.</summary>
    /// <param name="Type">Its media type.</param>
    /// <param name="Digest">Twelve hexadecimal digits of its SHA-256.</param>
    /// <param name="Plain">Its octets.</param>
    /// <param name="Packed">The same, gzip.</param>
    public sealed record Asset(string Type, string Digest, byte[] Plain, byte[] Packed);
}
