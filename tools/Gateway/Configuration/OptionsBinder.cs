using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>
/// Puts configured text into options. Unlike the framework's binder it takes durations as people write them (2s, 500ms,
/// 10m, 1h, beside 00:00:02), and each problem names its key and what is expected.
/// </summary>
internal sealed class OptionsBinder(GatewayOptions options)
{
    // Read by the host's logging, not by the options.
    private const string LoggingSection = "Logging";

    // Of any list: each entry is somebody to keep in touch with.
    private const int MaxEntries = UpstreamOptions.MaxUpstreams;

    private static readonly Dictionary<Type, string> s_expected = new()
    {
        [typeof(int)] = "is not a whole number",
        [typeof(long)] = "is not a whole number",
        [typeof(ulong)] = "is not a whole number from 0 on",
        [typeof(decimal)] = "is not a decimal number; write for example 0.25",
        [typeof(double)] = "is not a number",
        [typeof(bool)] = "is neither true nor false",
        [typeof(TimeSpan)] = "is not a duration; write for example 500ms, 30s, 10m or 00:00:30",
    };

    private SettingOrigin _origin;

    public ConfigurationProblems Problems { get; } = new();

    /// <summary>Takes every value of one source.</summary>
    /// <param name="source">Where the values are.</param>
    /// <param name="origin">What the source is.</param>
    /// <param name="unknownIsError">False for the environment, where others' variables live too.</param>
    public void Bind(IConfiguration source, SettingOrigin origin, bool unknownIsError)
    {
        _origin = origin;
        foreach (IConfigurationSection section in source.GetChildren())
        {
            PropertyInfo? property = Find(typeof(GatewayOptions), section.Key);
            if (property?.GetValue(options) is IList list)
            {
                BindList(list, property.PropertyType.GetGenericArguments()[0], section, property.Name);
                options.SetOrigin(property.Name, _origin);
            }
            else if (property is not null)
            {
                BindSection(property.GetValue(options)!, section, property.Name);
            }
            else if (unknownIsError && !section.Key.Equals(LoggingSection, StringComparison.OrdinalIgnoreCase))
            {
                Unknown(section.Path, section.Value, typeof(GatewayOptions));
            }
        }
    }

    /// <summary>Entries go by their number: a later source changes or adds to what an earlier one holds.</summary>
    private void BindList(IList list, Type entry, IConfigurationSection section, string name)
    {
        foreach (IConfigurationSection child in section.GetChildren())
        {
            bool known = int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number <= list.Count && number < MaxEntries && child.Value is null;
            if (!known)
            {
                Problems.Add(child.Path, child.Value, string.Create(CultureInfo.InvariantCulture,
                    $"is not an entry: they are numbered from 0 without a gap, {MaxEntries} at "
                    + $"most; write for example {name}:{list.Count}:Url"));
                continue;
            }

            if (number == list.Count)
            {
                list.Add(Activator.CreateInstance(entry));
            }

            BindSection(list[number]!, child, $"{name}:{number}");
        }
    }

    private void BindSection(object target, IConfigurationSection section, string name)
    {
        foreach (IConfigurationSection child in section.GetChildren())
        {
            PropertyInfo? property = Find(target.GetType(), child.Key);
            if (property is { CanWrite: false } && child.Value is null)
            {
                BindSection(property.GetValue(target)!, child, $"{name}:{property.Name}");
            }
            else if (property is not { CanWrite: true } || child.Value is null)
            {
                Unknown(child.Path, child.Value, target.GetType());
            }
            else if (Parse(child.Value, TypeOf(property)) is { } value)
            {
                property.SetValue(target, value);
                options.SetOrigin($"{name}:{property.Name}", _origin);
            }
            else
            {
                Problems.Add($"{name}:{property.Name}", child.Value, s_expected[TypeOf(property)]);
            }
        }
    }

    private void Unknown(string key, string? value, Type owner) => Problems.Add(key, value,
        "is not known; known here are " + string.Join(", ", owner.GetProperties().Select(p => p.Name)));

    private static PropertyInfo? Find(Type type, string name) =>
        type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);

    /// <summary>What is null while it is not set is written as any other value.</summary>
    private static Type TypeOf(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    private static object? Parse(string text, Type type)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        return type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.Integer, culture, out int i) ? i : null,
            _ when type == typeof(long) => long.TryParse(text, NumberStyles.Integer, culture, out long l) ? l : null,
            _ when type == typeof(ulong) => ulong.TryParse(text, NumberStyles.None, culture, out ulong u) ? u : null,
            _ when type == typeof(decimal) => decimal.TryParse(text,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, culture, out decimal m) ? m : null,
            _ when type == typeof(double) => double.TryParse(text, culture, out double d) ? d : null,
            _ when type == typeof(bool) => bool.TryParse(text, out bool b) ? b : null,
            _ when type == typeof(TimeSpan) => ParseDuration(text),
            _ => throw new NotSupportedException($"Options of type {type} cannot be read from text."),
        };
    }

    private static TimeSpan? ParseDuration(string text)
    {
        ReadOnlySpan<(string Unit, double Seconds)> units =
            [("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400)];
        foreach ((string unit, double seconds) in units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                    out double count) && count * seconds < TimeSpan.MaxValue.TotalSeconds)
            {
                return TimeSpan.FromSeconds(count * seconds);
            }
        }

        TimeSpan span = default;
        bool isClock = text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out span);
        return isClock ? span : null;
    }
}
