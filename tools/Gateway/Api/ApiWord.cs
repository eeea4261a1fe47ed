using System.Text.Json;

namespace MicroFirmware.Gateway.Api;

/// <summary>Names of our own as the API writes and reads them: <c>NotSeen</c> is <c>not-seen</c>.</summary>
internal static class ApiWord
{
    /// <summary>The word of a value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>Every word of a kind.</summary>
    public static IEnumerable<string> All<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(Of);

    /// <summary>Reads a word.</summary>
    public static T? Read<T>(string? word)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (Of(value) == word)
            {
                return value;
            }
        }

        return null;
    }
}
