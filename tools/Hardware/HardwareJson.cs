using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MicroFirmware.Hardware;

/// <summary>Reading of hardware/*.json: inheritance, addresses in hexadecimal, no unknown member.</summary>
internal static class HardwareJson
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(null, allowIntegerValues: false), new AddressConverter() },
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>The document without the members that only describe the file.</summary>
    public static T Read<T>(JsonObject document)
    {
        var members = (JsonObject)document.DeepClone();
        members.Remove("$schema");
        members.Remove("inherits");
        return members.Deserialize<T>(s_options)!;
    }

    /// <summary>The text of a document, ending in a line feed.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, s_options) + "\n";

    /// <summary>RFC 7396: members of <paramref name="patch"/> replace, objects merge, null removes.</summary>
    public static JsonObject Merge(JsonObject target, JsonObject patch)
    {
        var result = (JsonObject)target.DeepClone();
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                result.Remove(name);
            }
            else if (value is JsonObject inner)
            {
                result[name] = Merge(result[name] as JsonObject ?? [], inner);
            }
            else
            {
                result[name] = value.DeepClone();
            }
        }

        return result;
    }

    private sealed class AddressConverter : JsonConverter<uint>
    {
        public override uint Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var text = reader.GetString();
            var isHex = text is not null && text.StartsWith("0x", StringComparison.Ordinal);
            return isHex && uint.TryParse(
                text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new JsonException($"'{text}' is not an address; write it as \"0x3FF03000\".");
        }

        public override void Write(Utf8JsonWriter writer, uint value, JsonSerializerOptions options) =>
            writer.WriteStringValue($"0x{value:X2}");
    }
}
