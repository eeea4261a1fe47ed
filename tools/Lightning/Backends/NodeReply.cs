using System.Text.Json;

namespace MicroFirmware.Lightning.Backends;

/// <summary>What a node answered, or why it did not.</summary>
/// <param name="Status">Of HTTP; 0 where nothing came.</param>
/// <param name="Body">The answer, every text in it readable; undefined where it is not JSON.</param>
/// <param name="Words">Why it is no good, or its beginning: one line for people.</param>
internal sealed record NodeReply(int Status, JsonElement Body, string Words)
{
    /// <summary>Nothing came, or nothing that can be read.</summary>
    public static NodeReply None(string why) => new(0, default, Line.Of(why));

    /// <summary>What the node itself says about an error, by the names that such members have.</summary>
    public string Reason
    {
        get
        {
            JsonElement error = Body.Member("error") is { ValueKind: JsonValueKind.Object } inner ? inner : Body;
            foreach (string name in (string[])["message", "detail", "reason"])
            {
                if (error.Text(name) is { Length: > 0 } text)
                {
                    return Line.Of(text);
                }
            }

            return Words;
        }
    }
}
