using System.Collections;
using System.Reflection;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>Options as values: sections, lists of entries, and what can be set in them.</summary>
internal static class OptionValues
{
    /// <summary>What can be set in a section or an entry.</summary>
    public static IEnumerable<PropertyInfo> SettableOf(Type type) => type.GetProperties().Where(p => p.CanWrite);

    /// <summary>The sections of options, or of a section: lists of entries among them.</summary>
    public static IEnumerable<PropertyInfo> SectionsOf(Type type) => type.GetProperties().Where(p => !p.CanWrite);

    /// <summary>Those of the sections that are lists of entries.</summary>
    public static IEnumerable<PropertyInfo> ListsOf(Type type) =>
        SectionsOf(type).Where(p => p.PropertyType.IsGenericType);

    /// <summary>Whether two of a type have the same values.</summary>
    public static bool AreEqual(object one, object other) => one is IList list && other is IList others
        ? list.Count == others.Count
            && list.Cast<object>().Zip(others.Cast<object>()).All(pair => AreEqual(pair.First, pair.Second))
        : SettableOf(one.GetType()).All(property => Equals(property.GetValue(one), property.GetValue(other)))
            && SectionsOf(one.GetType()).All(section => AreEqual(section.GetValue(one)!, section.GetValue(other)!));

    /// <summary>Puts one list's entries in place of another's.</summary>
    public static void Replace<T>(IList<T> list, IEnumerable<T> entries)
    {
        list.Clear();
        foreach (T entry in entries)
        {
            list.Add(entry);
        }
    }

    /// <summary>Takes back, in options that are new, what a gateway that runs on others cannot change.</summary>
    /// <param name="next">The new options; changed.</param>
    /// <param name="running">What the gateway runs on.</param>
    public static void KeepWhatNeedsRestart(object next, object running)
    {
        foreach (PropertyInfo property in SettableOf(next.GetType()))
        {
            if (property.GetCustomAttribute<NeedsRestartAttribute>() is not null)
            {
                property.SetValue(next, property.GetValue(running));
            }
        }

        foreach (PropertyInfo section in SectionsOf(next.GetType()))
        {
            if (section.GetValue(next) is { } inner and not IList)
            {
                KeepWhatNeedsRestart(inner, section.GetValue(running)!);
            }
        }
    }
}
