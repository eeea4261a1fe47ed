using System.Globalization;
using System.Text.Json;

namespace MicroFirmware.Bitcoin;

/// <summary>Reads members of a JSON object and remembers the first that is missing or of the wrong form: from then on
/// every member reads as zero or empty.</summary>
internal sealed class TemplateFields
{
    private readonly JsonElement _object;

    public TemplateFields(JsonElement element)
    {
        _object = element;
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fail("it is no JSON object");
        }
    }

    /// <summary>The first problem, without a subject; null while there is none.</summary>
    public string? Problem { get; private set; }

    public bool Good => Problem is null;

    public void Fail(string problem) => Problem ??= problem;

    public bool Has(string name) =>
        Good && _object.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null;

    public string Text(string name)
    {
        JsonElement member = Member(name, JsonValueKind.String, "a string");
        return Good ? member.GetString()! : "";
    }

    public uint UInt32(string name)
    {
        JsonElement member = Member(name, JsonValueKind.Number, "a number");
        if (Good && member.TryGetUInt32(out uint value))
        {
            return value;
        }

        // Versions are signed in some nodes' answers.
        if (Good && member.TryGetInt32(out int negative))
        {
            return (uint)negative;
        }

        Fail($"'{name}' does not fit in 32 bits");
        return 0;
    }

    public uint UInt32(string name, uint otherwise) => Has(name) ? UInt32(name) : otherwise;

    public ulong UInt64(string name)
    {
        JsonElement member = Member(name, JsonValueKind.Number, "a number");
        if (Good && member.TryGetUInt64(out ulong value))
        {
            return value;
        }

        Fail($"'{name}' is no whole number of 64 bits");
        return 0;
    }

    public Hash256 Hash(string name)
    {
        string text = Text(name);
        if (Good && !Hash256.TryParse(text, out _))
        {
            Fail($"'{name}' is not 64 hexadecimal digits");
        }

        return Good ? Hash256.Parse(text) : Hash256.Zero;
    }

    /// <summary>A compact target in eight hexadecimal digits, most significant first.</summary>
    public uint Bits(string name)
    {
        string text = Text(name);
        if (!Good || text.Length != 8
            || !uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint bits)
            || !Target.TryFromCompact(bits, out _))
        {
            Fail($"'{name}' is no compact target");
            return 0;
        }

        return bits;
    }

    public byte[] Octets(string name)
    {
        string text = Text(name);
        byte[] octets = new byte[text.Length / 2];
        if (Good && Convert.FromHexString(text, octets, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            Fail($"'{name}' is not in hexadecimal digits");
        }

        return Good ? octets : [];
    }

    public IEnumerable<JsonElement> Array(string name, bool optional = false)
    {
        if (optional && !Has(name))
        {
            return [];
        }

        JsonElement member = Member(name, JsonValueKind.Array, "a list");
        return Good ? member.EnumerateArray() : [];
    }

    private JsonElement Member(string name, JsonValueKind kind, string form)
    {
        if (!Has(name))
        {
            Fail($"there is no '{name}'");
            return default;
        }

        JsonElement member = _object.GetProperty(name);
        if (member.ValueKind != kind)
        {
            Fail($"'{name}' is not {form}");
        }

        return member;
    }
}
