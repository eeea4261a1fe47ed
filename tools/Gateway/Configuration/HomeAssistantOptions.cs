namespace MicroFirmware.Gateway.Configuration;

/// <summary>
/// Home Assistant as a guest of the broker: it may read what boards say of themselves and what the gateway says is
/// proven, and finds each board by itself.
/// </summary>
public sealed class HomeAssistantOptions
{
    private const string DefaultUser = "homeassistant";
    private const string DefaultPrefix = "homeassistant";

    // Guessed at the broker's rate of connects, twelve characters of any kind outlast the gateway.
    private const int LeastPasswordLength = 12;
    private const int MostLength = 64;

    /// <summary>The MQTT user name of Home Assistant. Default <c>homeassistant</c>.</summary>
    public string User { get; set; } = DefaultUser;

    /// <summary>Its password, 12 to 64 characters. Never logged. Default none: nobody but boards is let in.</summary>
    public string Password { get; set; } = "";

    /// <summary>Where Home Assistant looks for discovery messages. Default <c>homeassistant</c>.</summary>
    public string DiscoveryPrefix { get; set; } = DefaultPrefix;

    /// <summary>Whether Home Assistant is let in.</summary>
    internal bool IsEnabled => Password.Length > 0;

    internal void Check(string section, ConfigurationProblems problems)
    {
        if (IsEnabled && Password.Length is < LeastPasswordLength or > MostLength)
        {
            problems.Add($"{section}:{nameof(Password)}", Password,
                $"is too short or too long; take {LeastPasswordLength} to {MostLength} characters");
        }

        CheckWord($"{section}:{nameof(User)}", User, problems);
        CheckWord($"{section}:{nameof(DiscoveryPrefix)}", DiscoveryPrefix, problems);
    }

    private static void CheckWord(string key, string value, ConfigurationProblems problems)
    {
        if (value.Length is 0 or > MostLength || !value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            problems.Add(key, value, $"is not 1 to {MostLength} letters, digits, - and _");
        }
    }
}
