using System.Text.Json;

namespace MicroFirmware.Bitcoin.Stratum;

/// <summary>The id that joins an answer to its request: a number, a text or null, given back as it came.</summary>
/// <param name="Number">The number where <paramref name="Text"/> is null.</param>
/// <param name="Text">The text; null for a number or for <see cref="Null"/>.</param>
/// <param name="IsNull">The id is null: no answer is expected.</param>
public readonly record struct StratumId(long Number, string? Text = null, bool IsNull = false)
{
    /// <summary>Characters a text may have.</summary>
    public const int MaxLength = 64;

    /// <summary>The id of a message that asks for no answer.</summary>
    public static readonly StratumId Null = new(0, IsNull: true);

    /// <summary>The id as JSON.</summary>
    public byte[] ToJson() => IsNull ? "null"u8.ToArray()
        : Text is null ? JsonSerializer.SerializeToUtf8Bytes(Number)
        : JsonSerializer.SerializeToUtf8Bytes(Text);

    internal static bool TryRead(JsonElement message, out StratumId id)
    {
        id = Null;
        if (!message.TryGetProperty("id", out JsonElement member) || member.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (member.ValueKind == JsonValueKind.String && member.GetString() is { Length: <= MaxLength } text)
        {
            id = new StratumId(0, text);
            return true;
        }

        if (member.ValueKind != JsonValueKind.Number || !member.TryGetInt64(out long number))
        {
            return false;
        }

        id = new StratumId(number);
        return true;
    }

    internal void Write(Utf8JsonWriter writer)
    {
        if (IsNull)
        {
            writer.WriteNull("id");
        }
        else if (Text is not null)
        {
            writer.WriteString("id", Text);
        }
        else
        {
            writer.WriteNumber("id", Number);
        }
    }
}
