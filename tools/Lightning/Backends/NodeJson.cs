using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace MicroFirmware.Lightning.Backends;

/// <summary>Reads what nodes answer. A member that is not there, or not of its kind, is empty.</summary>
internal static class NodeJson
{
    private const string MsatSuffix = "msat";

    // Of two members of one name, nobody knows which one counts.
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };

    /// <summary>A document in which every text can be read and no member is there twice; false for anything
    /// else.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> octets, out JsonElement body)
    {
        body = default;
        try
        {
            using JsonDocument document = JsonDocument.Parse(octets, s_strict);
            body = document.RootElement.Clone();
            Read(body);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            body = default;
            return false;
        }
    }

    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
            ? value
            : default;

    public static string Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : "";

    public static bool IsTrue(this JsonElement element, string name) =>
        element.Member(name).ValueKind == JsonValueKind.True;

    /// <summary>A whole number; null for any other, 1.5 and 1e3 among them.</summary>
    public static long? Whole(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long number)
            ? number
            : null;

    /// <summary>An amount as nodes write it, 1000, "1000" or "1000msat"; null for any other.</summary>
    public static long? Msat(this JsonElement element, string name)
    {
        string text = element.Text(name);
        text = text.EndsWith(MsatSuffix, StringComparison.Ordinal) ? text[..^MsatSuffix.Length] : text;
        return text.Length == 0 ? element.Whole(name)
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long amount)
                ? amount
                : null;
    }

    /// <summary>32 octets in hexadecimal digits that are a payment's preimage; null for any other.</summary>
    public static byte[]? Preimage(this JsonElement element, string name, byte[] paymentHash)
    {
        string text = element.Text(name);
        byte[] preimage = text.Length == 64 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : [];
        return preimage.Length > 0 && SHA256.HashData(preimage).AsSpan().SequenceEqual(paymentHash) ? preimage : null;
    }

    /// <summary>An escape that is no Unicode is noticed only by whoever asks for the text.</summary>
    private static void Read(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            _ = element.GetString();
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement entry in element.EnumerateArray())
            {
                Read(entry);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in element.EnumerateObject())
            {
                _ = member.Name;
                Read(member.Value);
            }
        }
    }
}
