using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>
/// Reads <see cref="GatewayOptions"/> from, in rising precedence, <c>appsettings.json</c>, <c>settings.json</c> in the
/// data directory, environment variables that start with <c>MICRO_</c>, and the command line.
/// </summary>
public static class GatewayConfiguration
{
    /// <summary>The settings file looked for in the directory given.</summary>
    public const string FileName = "appsettings.json";

    /// <summary>
    /// What the names of environment variables start with: <c>MICRO_HTTP__PORT</c> is <c>Http:Port</c>.
    /// </summary>
    public const string EnvironmentPrefix = "MICRO_";

    /// <summary>Reads and checks the options.</summary>
    /// <param name="args">The command line: <c>--Section:Key=value</c> or <c>--Section:Key value</c>.</param>
    /// <param name="directory">Where <c>appsettings.json</c> may lie.</param>
    /// <exception cref="ConfigurationException">Names each key that is unknown, malformed or out of range.</exception>
    public static GatewayOptions Load(string[] args, string directory) =>
        Load(new ConfigurationSources(args, directory), page: null);

    /// <summary>Reads and checks the options as they would be with other values on the settings page.</summary>
    /// <param name="sources">All the rest.</param>
    /// <param name="page">What is set on the page; null for what its file says.</param>
    internal static GatewayOptions Load(ConfigurationSources sources, IReadOnlyDictionary<string, string>? page)
    {
        GatewayOptions options = new() { Sources = sources };
        OptionsBinder binder = new(options);
        string file = Path.GetFullPath(FileName, sources.Directory);
        IConfigurationRoot first = Read(b => b.AddJsonFile(file, optional: true));
        IConfigurationRoot environment = Read(b => b.AddEnvironmentVariables(EnvironmentPrefix));
        IConfigurationRoot last = Read(b => b.AddCommandLine(sources.Args));
        page ??= SettingsFile.Read(SettingsFile.PathIn(DataDirectoryOf(last, environment, first)));

        binder.Bind(first, SettingOrigin.File, unknownIsError: true);
        foreach (PropertyInfo list in OptionValues.ListsOf(typeof(GatewayOptions)))
        {
            if (page.Keys.Any(key => SettingsList.IsIn(list.Name, key)))
            {
                // The page's list is a list of its own: it is not to be mixed with another one's entries.
                ((IList)list.GetValue(options)!).Clear();
            }
        }

        binder.Bind(Read(b => b.AddInMemoryCollection(page!)), SettingOrigin.Page, unknownIsError: true);
        binder.Bind(environment, SettingOrigin.Environment, unknownIsError: false);
        binder.Bind(last, SettingOrigin.CommandLine, unknownIsError: true);
        binder.Problems.ThrowIfAny();
        options.Check();
        return options;
    }

    /// <summary>The page's file lies in the data directory, so it cannot say where that is.</summary>
    private static string DataDirectoryOf(params ReadOnlySpan<IConfigurationRoot> sources)
    {
        foreach (IConfigurationRoot source in sources)
        {
            if (source["Storage:DataDirectory"] is { Length: > 0 } directory)
            {
                return directory;
            }
        }

        return new StorageOptions().DataDirectory;
    }

    private static IConfigurationRoot Read(Action<IConfigurationBuilder> addSource)
    {
        ConfigurationBuilder builder = new();
        addSource(builder);
        try
        {
            return builder.Build();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw new ConfigurationException($"{FileName} or the command line cannot be read: "
                + $"{e.InnerException?.Message ?? e.Message} Correct it, or leave it out to run with the defaults.");
        }
    }
}
