using System.Globalization;
using System.Text.Json;

namespace MicroFirmware.Bitcoin.Stratum;

/// <summary>Reads a message's positional parameters and remembers the first that is missing or of the wrong form: from
/// then on every parameter reads as zero or empty.</summary>
internal sealed class StratumParameters
{
    public const int MaxText = 256;

    private readonly JsonElement[] _values;

    public StratumParameters(JsonElement message)
    {
        _values = message.TryGetProperty("params", out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : [];
    }

    /// <summary>What is wrong, as part of a sentence; null while all is well.</summary>
    public string? Problem { get; private set; }

    public int Count => _values.Length;

    public void Fail(string problem) => Problem ??= problem;

    public bool Has(int index) => index < _values.Length && _values[index].ValueKind != JsonValueKind.Null;

    public JsonElement Element(int index) => Has(index) ? _values[index] : default;

    public string Text(int index, string name)
    {
        if (Element(index) is { ValueKind: JsonValueKind.String } element
            && element.GetString() is { Length: <= MaxText } text)
        {
            return text;
        }

        Fail($"{name} is not a text of up to {MaxText} characters");
        return "";
    }

    public string Text(int index, string name, string otherwise) => Has(index) ? Text(index, name) : otherwise;

    /// <summary>A number of 32 bits in 1 to 8 hexadecimal digits: some miners leave leading zeros out.</summary>
    public uint Hex32(int index, string name)
    {
        string text = Text(index, name);
        if (Problem is null && text.Length is >= 1 and <= 8
            && uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value))
        {
            return value;
        }

        Fail($"{name} is not 1 to 8 hexadecimal digits");
        return 0;
    }

    public byte[] Octets(int index, string name, int mostOctets)
    {
        string? text = Element(index) is { ValueKind: JsonValueKind.String } element ? element.GetString() : null;
        if (text is not null && text.Length % 2 == 0 && text.Length <= 2 * mostOctets && text.All(char.IsAsciiHexDigit))
        {
            return Convert.FromHexString(text);
        }

        Fail($"{name} is not up to {mostOctets} octets in hexadecimal digits");
        return [];
    }

    public double Number(int index, string name)
    {
        if (Element(index) is { ValueKind: JsonValueKind.Number } element && element.TryGetDouble(out double value)
            && double.IsFinite(value))
        {
            return value;
        }

        Fail($"{name} is not a number");
        return 0;
    }

    public bool Flag(int index, string name)
    {
        JsonElement element = Element(index);
        if (element.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fail($"{name} is neither true nor false");
        }

        return element.ValueKind == JsonValueKind.True;
    }
}
