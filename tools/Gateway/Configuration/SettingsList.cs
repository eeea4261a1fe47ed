using System.Reflection;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>A list of entries in the settings file: <c>Upstreams:0:Url</c>, <c>Upstreams:1:Url</c> and so on.</summary>
internal static class SettingsList
{
    /// <summary>Puts entries in place of those there are. What an entry has by default is left out.</summary>
    /// <param name="settings">All keys and values; changed.</param>
    /// <param name="list">The list's name.</param>
    /// <param name="entries">The entries, in order.</param>
    public static void Write<T>(SortedDictionary<string, string> settings, string list, IReadOnlyList<T> entries)
        where T : new()
    {
        string[] before = [.. settings.Keys.Where(key => IsIn(list, key))];
        Array.ForEach(before, key => settings.Remove(key));
        T defaults = new();
        for (int i = 0; i < entries.Count; i++)
        {
            foreach (PropertyInfo property in OptionValues.SettableOf(typeof(T)))
            {
                // The first one is always there: an entry is what has at least one value.
                object? value = property.GetValue(entries[i]);
                if (!Equals(value, property.GetValue(defaults)) || property.Name == FirstOf<T>())
                {
                    settings[$"{list}:{i}:{property.Name}"] = SettingText.Of(value);
                }
            }
        }
    }

    /// <summary>Whether a key is one of a list's.</summary>
    public static bool IsIn(string list, string key) => key.StartsWith($"{list}:", StringComparison.OrdinalIgnoreCase);

    private static string FirstOf<T>() => OptionValues.SettableOf(typeof(T)).First().Name;
}
