using System.Globalization;
using System.Text.Json;
using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Upstreams.Pools;

/// <summary>Reads a pool's answers to <c>mining.subscribe</c> and <c>mining.configure</c>.</summary>
internal static class PoolGreeting
{
    private const int MaxExtranonce1 = 32;
    private const int MaxId = 64;

    /// <summary>Reads <c>[[[method, session], ...], extranonce1, size of extranonce2]</c>.</summary>
    /// <returns>False where it is not of that form, or leaves nothing to us.</returns>
    public static bool TryReadSubscription(
        JsonElement result, out string session, out byte[] extranonce1, out int extranonce2Size)
    {
        (session, extranonce1, extranonce2Size) = ("", [], 0);
        if (result.ValueKind != JsonValueKind.Array || result.GetArrayLength() < 3
            || TextOf(result[1]) is not { } hex || result[2].ValueKind != JsonValueKind.Number
            || !result[2].TryGetInt32(out extranonce2Size) || extranonce2Size is < 1 or > ExtranonceCounter.MaxSize)
        {
            return false;
        }

        if (hex.Length > 2 * MaxExtranonce1 || hex.Length % 2 != 0 || !hex.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        extranonce1 = Convert.FromHexString(hex);
        session = Session(result[0]);
        return true;
    }

    /// <summary>The version bits that may be rolled (BIP 310); 0 where the pool says no or nothing.</summary>
    public static uint ReadMask(JsonElement result)
    {
        try
        {
            return result.ValueKind == JsonValueKind.Object
                && result.TryGetProperty("version-rolling", out JsonElement rolls)
                && rolls.ValueKind == JsonValueKind.True
                && result.TryGetProperty("version-rolling.mask", out JsonElement mask)
                && TextOf(mask) is { Length: >= 1 and <= 8 } text
                && uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint bits)
                    ? bits & BlockHeader.RollingMask
                    : 0;
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json makes of a member's name that is no Unicode.
            return 0;
        }
    }

    /// <summary>The first name that the pool gives: a pair, or a list of pairs.</summary>
    private static string Session(JsonElement subscriptions)
    {
        JsonElement pair = subscriptions;
        if (pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() > 0
            && pair[0].ValueKind == JsonValueKind.Array)
        {
            pair = pair[0];
        }

        return pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() >= 2
            && TextOf(pair[1]) is { Length: <= MaxId } id ? id : "";
    }

    /// <summary>A text; null for anything else.</summary>
    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json makes of text that is no Unicode.
            return null;
        }
    }
}
