using System.Collections;
using System.Reflection;
using MicroFirmware.Gateway.Backups;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>
/// Every setting of the gateway, read off its options, and changes of them: checked as at a start, kept in the data
/// directory, and where a setting allows it, in force at once. Safe for use by many threads.
/// </summary>
internal sealed class SettingsDesk
{
    private const string DataDirectoryKey = "Storage:DataDirectory";

    private readonly Live<GatewayOptions> _options;
    private readonly bool _changesUpstreams;
    private readonly string _path;
    private readonly EventJournal _journal;
    private readonly Lock _lock = new();
    private GatewayOptions _next;

    /// <summary>Reads what is set.</summary>
    public SettingsDesk(
        Live<GatewayOptions> options, IUpstream upstream, DataDirectory directory, EventJournal journal)
    {
        (_options, _next, _path, _journal) = (options, options.Now, SettingsFile.PathIn(directory.Path), journal);
        _changesUpstreams = upstream is UpstreamSelector { Maker: not null };
    }

    /// <summary>Whether changes can be kept: not where the options were made by a program.</summary>
    public bool CanSave => _next.Sources is not null;

    /// <summary>What would count after a start: what counts now, and what waits for one.</summary>
    public GatewayOptions Next => Volatile.Read(ref _next);

    /// <summary>Every setting but the list of upstreams, in the order of the options.</summary>
    public IReadOnlyList<Setting> All()
    {
        (GatewayOptions now, GatewayOptions next) = (_options.Now, Next);
        GatewayOptions defaults = new();
        List<Setting> all = [];
        foreach (PropertyInfo section in OptionValues.SectionsOf(typeof(GatewayOptions)))
        {
            object value = section.GetValue(now)!;
            if (value is IList list and not IList<UpstreamOptions>)
            {
                AddList(all, section, list, (IList)section.GetValue(next)!, next);
            }
            else if (value is not IList)
            {
                Add(all, section.Name, value, section.GetValue(defaults)!, section.GetValue(next)!, next);
            }
        }

        return all;
    }

    /// <summary>Where the list of upstreams comes from: the strongest of those that have a part in it.</summary>
    public SettingOrigin UpstreamsOrigin => Next.OriginOf(nameof(GatewayOptions.Upstreams));

    /// <summary>Where the list of webhooks comes from: the strongest of those that have a part in it.</summary>
    public SettingOrigin WebhooksOrigin => Next.OriginOf(nameof(GatewayOptions.Webhooks));

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
            Seed(settings, key);
            settings.Remove(key);
            if (text is not null)
            {
                settings[key] = text;
            }
        });

        // The key alone: a value may be a secret.
        _journal.Publish(EventKind.SettingsChanged, key,
            text is null ? $"{key} is set on the page no longer." : $"{key} was set on the page.");
    }

    /// <summary>Sets a list of entries as a whole, such as that of upstreams.</summary>
    /// <param name="list">Its name: a property of <see cref="GatewayOptions"/>.</param>
    /// <param name="entries">The entries, in order.</param>
    /// <param name="told">What the journal says of it; no secrets.</param>
    /// <exception cref="ConfigurationException">One does not fit; nothing was changed.</exception>
    /// <exception cref="IOException">It cannot be kept; nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void SaveList<T>(string list, IReadOnlyList<T> entries, string told)
        where T : new()
    {
        PropertyInfo property = typeof(GatewayOptions).GetProperty(list)!;
        Change(settings => SettingsList.Write(settings, list, entries), next =>
        {
            if (((IList)property.GetValue(next)!).Count != entries.Count)
            {
                throw new ConfigurationException($"{list} are named in appsettings.json, the environment or on the "
                    + "command line too: take them out there. Nothing was changed.");
            }
        });
        _journal.Publish(EventKind.SettingsChanged, list, told);
    }

    /// <summary>Sets the list of upstreams as a whole.</summary>
    /// <param name="upstreams">The preferred one first; none is the embedded chain.</param>
    /// <exception cref="ConfigurationException">One does not fit; nothing was changed.</exception>
    /// <exception cref="IOException">It cannot be kept; nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void SaveUpstreams(IReadOnlyList<UpstreamOptions> upstreams) => SaveList(
        nameof(GatewayOptions.Upstreams),
        upstreams.Count > 0 ? upstreams : [new() { Kind = "embedded" }],
        $"The list of upstreams was set on the page: {upstreams.Count} of them.");

    /// <summary>The page's list replaces the file's, so whoever sets one value of an entry has all others kept too.
    /// </summary>
    private void Seed(SortedDictionary<string, string> settings, string key)
    {
        if (SettingsList.IsIn(nameof(GatewayOptions.Webhooks), key)
            && !settings.Keys.Any(known => SettingsList.IsIn(nameof(GatewayOptions.Webhooks), known))
            && _next.OriginOf(nameof(GatewayOptions.Webhooks)) == SettingOrigin.File)
        {
            SettingsList.Write(settings, nameof(GatewayOptions.Webhooks), [.. _next.Webhooks]);
        }
    }

    /// <summary>Sets the list of webhooks as a whole.</summary>
    /// <param name="webhooks">None is nobody.</param>
    /// <exception cref="ConfigurationException">One does not fit; nothing was changed.</exception>
    /// <exception cref="IOException">It cannot be kept; nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void SaveWebhooks(IReadOnlyList<WebhookOptions> webhooks) => SaveList(
        nameof(GatewayOptions.Webhooks), webhooks,
        $"The list of webhooks was set on the page: {webhooks.Count} of them.");

    /// <summary>Checks first, then keeps, then puts into force: whatever fails, what comes after it is not done.
    /// </summary>
    private void Change(
        Action<SortedDictionary<string, string>> change, Action<GatewayOptions>? check = null)
    {
        lock (_lock)
        {
            ConfigurationSources sources = _next.Sources ?? throw new ConfigurationException(
                "This gateway was started by a program with settings of its own: nothing is kept here.");
            SortedDictionary<string, string> settings = SettingsFile.Read(_path);
            change(settings);
            GatewayOptions next = GatewayConfiguration.Load(sources, settings);
            check?.Invoke(next);
            GatewayOptions running = GatewayConfiguration.Load(sources, settings);
            SettingsFile.Write(_path, settings);
            Volatile.Write(ref _next, next);
            PutIntoForce(running);
        }
    }

    /// <summary>What the settings say, but for what needs a restart. Where the two do not go together, all of it waits:
    /// half of what was meant would be neither the old nor the new.</summary>
    private void PutIntoForce(GatewayOptions running)
    {
        OptionValues.KeepWhatNeedsRestart(running, _options.Now);
        PayoutHold.Keep(running, _options.Now);
        if (!_changesUpstreams)
        {
            // A program chose what is mined; the list of the options counts where it is made of them.
            OptionValues.Replace(running.Upstreams, _options.Now.Upstreams);
        }

        try
        {
            running.Check();
        }
        catch (ConfigurationException)
        {
            return;
        }

        _options.Put(running);
    }

    /// <summary>Every entry of a list, and after them one that is not there yet: so it is known what may be set.
    /// </summary>
    private static void AddList(
        List<Setting> all, PropertyInfo section, IList list, IList nextList, GatewayOptions next)
    {
        object empty = Activator.CreateInstance(section.PropertyType.GetGenericArguments()[0])!;
        for (int i = 0; i <= Math.Max(list.Count, nextList.Count); i++)
        {
            Add(all, $"{section.Name}:{i}", i < list.Count ? list[i]! : empty, empty,
                i < nextList.Count ? nextList[i]! : empty, next);
        }
    }

    private static void Add(
        List<Setting> all, string section, object value, object defaults, object nextValue, GatewayOptions next)
    {
        foreach (PropertyInfo property in value.GetType().GetProperties())
        {
            string key = $"{section}:{property.Name}";
            if (property.CanWrite)
            {
                all.Add(SettingOf(key, property, value, defaults, nextValue) with { Origin = next.OriginOf(key) });
            }
            else
            {
                Add(all, key, property.GetValue(value)!, property.GetValue(defaults)!,
                    property.GetValue(nextValue)!, next);
            }
        }
    }

    private static Setting SettingOf(string key, PropertyInfo property, object value, object defaults, object next)
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
            property.GetCustomAttribute<NeedsRestartAttribute>()?.Why,
            SettingOrigin.Default);
    }
}
