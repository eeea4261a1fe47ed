using System.Collections;
using System.Reflection;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Gateway.Storage;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>
/// Every setting of the gateway, read off its options, and changes of them: checked as at a start, kept in the data
/// directory, and where a setting allows it, in force at once. Safe for use by many threads.
/// </summary>
internal sealed class SettingsDesk
{
    private const string DataDirectoryKey = "Storage:DataDirectory";

    private readonly GatewayOptions _options;
    private readonly string _path;
    private readonly EventJournal _journal;
    private readonly Lock _lock = new();
    private GatewayOptions _next;

    /// <summary>Reads what is set.</summary>
    public SettingsDesk(GatewayOptions options, DataDirectory directory, EventJournal journal) =>
        (_options, _next, _path, _journal) = (options, options, SettingsFile.PathIn(directory.Path), journal);

    /// <summary>Whether changes can be kept: not where the options were made by a program.</summary>
    public bool CanSave => _options.Sources is not null;

    /// <summary>What counts from the next start on.</summary>
    public GatewayOptions Next
    {
        get
        {
            lock (_lock)
            {
                return _next;
            }
        }
    }

    /// <summary>Every setting but the list of upstreams, in the order of the options.</summary>
    public IReadOnlyList<Setting> All()
    {
        GatewayOptions next = Next;
        GatewayOptions defaults = new();
        List<Setting> all = [];
        foreach (PropertyInfo section in typeof(GatewayOptions).GetProperties().Where(p => !p.CanWrite))
        {
            object value = section.GetValue(_options)!;
            if (value is IList list and not IList<UpstreamOptions>)
            {
                AddList(all, section, list, (IList)section.GetValue(next)!);
            }
            else if (value is not IList)
            {
                Add(all, section.Name, value, section.GetValue(defaults)!, section.GetValue(next)!);
            }
        }

        return all;
    }

    /// <summary>Where the list of upstreams comes from: the strongest of those that have a part in it.</summary>
    public SettingOrigin UpstreamsOrigin => _options.OriginOf(nameof(GatewayOptions.Upstreams));

    /// <summary>Sets one, or takes back what was set on the page.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="text">Its value as it would be written; null to take it back.</param>
    /// <exception cref="ConfigurationException">It is unknown or does not fit; nothing was changed.</exception>
    /// <exception cref="IOException">It cannot be kept; nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Save(string key, string? text)
    {
        if (key.Equals(DataDirectoryKey, StringComparison.OrdinalIgnoreCase))
        {
            throw new ConfigurationException("The data directory holds what is set on this page, so it cannot be set "
                + $"here; start the gateway with --{DataDirectoryKey}=… instead.");
        }

        Change(settings =>
        {
            settings.Remove(key);
            if (text is not null)
            {
                settings[key] = text;
            }
        });
        Apply();

        // The key alone: a value may be a secret.
        _journal.Publish(EventKind.SettingsChanged, key,
            text is null ? $"{key} is set on the page no longer." : $"{key} was set on the page.");
    }

    /// <summary>Sets the list of upstreams as a whole.</summary>
    /// <param name="upstreams">The preferred one first; none is the embedded chain.</param>
    /// <exception cref="ConfigurationException">One does not fit; nothing was changed.</exception>
    /// <exception cref="IOException">It cannot be kept; nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void SaveUpstreams(IReadOnlyList<UpstreamOptions> upstreams)
    {
        Change(settings => Replace(settings, upstreams));
        _journal.Publish(EventKind.SettingsChanged, nameof(GatewayOptions.Upstreams),
            $"The list of upstreams was set on the page: {upstreams.Count} of them.");
    }

    private static void Replace(SortedDictionary<string, string> settings, IReadOnlyList<UpstreamOptions> upstreams)
    {
        const string list = nameof(GatewayOptions.Upstreams);
        foreach (string key in settings.Keys.Where(k => k.StartsWith($"{list}:", StringComparison.Ordinal)).ToArray())
        {
            settings.Remove(key);
        }

        UpstreamOptions defaults = new();
        UpstreamOptions[] kept = upstreams.Count > 0 ? [.. upstreams] : [new() { Kind = "embedded" }];
        for (int i = 0; i < kept.Length; i++)
        {
            settings[$"{list}:{i}:{nameof(UpstreamOptions.Kind)}"] = $"{kept[i].ParsedKind}".ToLowerInvariant();
            foreach (PropertyInfo property in SettableOf(typeof(UpstreamOptions)))
            {
                // The kind is what the URL says, or what stands above.
                if (property.Name != nameof(UpstreamOptions.Kind)
                    && !Equals(property.GetValue(kept[i]), property.GetValue(defaults)))
                {
                    settings[$"{list}:{i}:{property.Name}"] = SettingText.Of(property.GetValue(kept[i]));
                }
            }
        }
    }

    private void Change(Action<SortedDictionary<string, string>> change)
    {
        lock (_lock)
        {
            ConfigurationSources sources = _options.Sources ?? throw new ConfigurationException(
                "This gateway was started by a program with settings of its own: nothing is kept here.");
            SortedDictionary<string, string> settings = SettingsFile.Read(_path);
            change(settings);
            GatewayOptions next = GatewayConfiguration.Load(sources, settings);
            SettingsFile.Write(_path, settings);
            _next = next;
        }
    }

    /// <summary>Puts into force what can be without a restart.</summary>
    private void Apply()
    {
        lock (_lock)
        {
            foreach (PropertyInfo section in typeof(GatewayOptions).GetProperties().Where(p => !p.CanWrite))
            {
                object running = section.GetValue(_options)!;
                foreach (PropertyInfo property in SettableOf(running.GetType()))
                {
                    if (property.GetCustomAttribute<AtOnceAttribute>() is not null)
                    {
                        property.SetValue(running, property.GetValue(section.GetValue(_next)));
                        string key = $"{section.Name}:{property.Name}";
                        _options.SetOrigin(key, _next.OriginOf(key));
                    }
                }
            }
        }
    }

    /// <summary>Every entry of a list, and after them one that is not there yet: so it is known what may be set.
    /// </summary>
    private void AddList(List<Setting> all, PropertyInfo section, IList list, IList next)
    {
        object empty = Activator.CreateInstance(section.PropertyType.GetGenericArguments()[0])!;
        for (int i = 0; i <= Math.Max(list.Count, next.Count); i++)
        {
            Add(all, $"{section.Name}:{i}", i < list.Count ? list[i]! : empty, empty,
                i < next.Count ? next[i]! : empty);
        }
    }

    private void Add(List<Setting> all, string section, object value, object defaults, object next)
    {
        foreach (PropertyInfo property in value.GetType().GetProperties())
        {
            string key = $"{section}:{property.Name}";
            if (property.CanWrite)
            {
                all.Add(SettingOf(key, property, value, defaults, next));
            }
            else
            {
                Add(all, key, property.GetValue(value)!, property.GetValue(defaults)!, property.GetValue(next)!);
            }
        }
    }

    private Setting SettingOf(string key, PropertyInfo property, object value, object defaults, object next)
    {
        bool isOther = !Equals(property.GetValue(value), property.GetValue(next));
        return new Setting(
            key,
            $"{property.DeclaringType!.FullName}.{property.Name}",
            SettingText.KindOf(property.PropertyType),
            SettingText.Shown(property, property.GetValue(value)),
            SettingText.Shown(property, property.GetValue(defaults)),
            isOther ? SettingText.Shown(property, property.GetValue(next)) : null,
            SettingText.IsSecret(property),
            property.GetCustomAttribute<AtOnceAttribute>() is not null,
            Next.OriginOf(key));
    }

    private static IEnumerable<PropertyInfo> SettableOf(Type type) => type.GetProperties().Where(p => p.CanWrite);
}
