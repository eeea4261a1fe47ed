using Microsoft.Extensions.Configuration;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>
/// Reads <see cref="GatewayOptions"/> from, in rising precedence, <c>appsettings.json</c>, environment variables that
/// start with <c>MICRO_</c>, and the command line.
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
    public static GatewayOptions Load(string[] args, string directory)
    {
        GatewayOptions options = new();
        OptionsBinder binder = new(options);
        string file = Path.GetFullPath(FileName, directory);
        binder.Bind(Read(b => b.AddJsonFile(file, optional: true)), unknownIsError: true);
        binder.Bind(Read(b => b.AddEnvironmentVariables(EnvironmentPrefix)), unknownIsError: false);
        binder.Bind(Read(b => b.AddCommandLine(args)), unknownIsError: true);
        binder.Problems.ThrowIfAny();
        options.Check();
        return options;
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
