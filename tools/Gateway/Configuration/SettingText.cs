using System.Globalization;
using System.Reflection;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>Values as they are written in settings: what this writes, the binder reads.</summary>
internal static class SettingText
{
    private const string SecretIsSet = "set";

    private static readonly string[] s_secretWords = ["Password", "Secret", "Macaroon", "Rune", "Preimage"];

    private static readonly (TimeSpan Unit, string Name)[] s_units =
    [
        (TimeSpan.FromDays(1), "d"),
        (TimeSpan.FromHours(1), "h"),
        (TimeSpan.FromMinutes(1), "m"),
        (TimeSpan.FromSeconds(1), "s"),
    ];

    /// <summary>A value as it would be written; empty for nothing.</summary>
    public static string Of(object? value) => value switch
    {
        null => "",
        bool yes => yes ? "true" : "false",
        TimeSpan span => OfSpan(span),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>What kind of value it is, for people.</summary>
    public static string KindOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var plain when plain == typeof(bool) => "yes or no",
        var plain when plain == typeof(TimeSpan) => "duration",
        var plain when plain == typeof(string) => "text",
        _ => "number",
    };

    /// <summary>A value as it may be shown: of a secret only that it is there, of an address that may hold one its
    /// scheme and host.</summary>
    public static string Shown(PropertyInfo property, object? value) => Of(value) switch
    {
        { Length: > 0 } url when HasSecretPath(property) => HostOf(url),
        { Length: > 0 } when IsSecret(property) => SecretIsSet,
        var text => text,
    };

    /// <summary>Whether a value must not be shown as it is. A file that holds a secret may be named.</summary>
    public static bool IsSecret(PropertyInfo property) => HasSecretPath(property)
        || (property.PropertyType == typeof(string) && !property.Name.EndsWith("File", StringComparison.Ordinal)
            && s_secretWords.Any(word => property.Name.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private static bool HasSecretPath(PropertyInfo property) =>
        property.GetCustomAttribute<SecretPathAttribute>() is not null;

    /// <summary>What may be shown of an address whose path may be a secret.</summary>
    public static string HostOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out Uri? uri)
        ? $"{uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}/…" : SecretIsSet;

    private static string OfSpan(TimeSpan span)
    {
        foreach ((TimeSpan unit, string name) in s_units)
        {
            if (span.Ticks % unit.Ticks == 0 && span != TimeSpan.Zero)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{span.Ticks / unit.Ticks}{name}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds}ms");
    }
}
