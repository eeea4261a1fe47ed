namespace MicroFirmware.Micro.Configure;

/// <summary>
/// Settings on their way to a board, each name once; the last word counts. Names and ranges are the board's to check.
/// </summary>
internal sealed class BoardSettingList
{
    private static readonly string[] s_secrets = ["key", "wifi-password"];

    private readonly List<KeyValuePair<string, string>> _settings = [];

    /// <summary>The settings, in the order in which they came.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All => _settings;

    /// <summary>The value of a name, or null.</summary>
    public string? this[string name] => _settings.Find(setting => setting.Key == name).Value;

    /// <summary>Sets a name; null takes no notice.</summary>
    public void Set(string name, string? value)
    {
        if (value is not null)
        {
            _settings.RemoveAll(setting => setting.Key == name);
            _settings.Add(new(name, value));
        }
    }

    /// <summary>
    /// Reads lines of <c>name = value</c>, with empty lines and <c>#</c> comments, as micro.txt has them.
    /// </summary>
    /// <exception cref="CommandFailure">A line is none.</exception>
    public void Read(IReadOnlyList<string> lines, string source)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            string line = lines[i].Trim();
            if (line.Length > 0 && line[0] != '#')
            {
                int equals = line.IndexOf('=');
                if (equals < 1)
                {
                    throw new CommandFailure(ExitCode.Configuration, $"{source}, line {i + 1} is no setting",
                        "write name = value; micro configure --help has an example");
                }

                Set(line[..equals].Trim(), line[(equals + 1)..].Trim());
            }
        }
    }

    /// <summary>The settings as a board's own file, micro.txt.</summary>
    public string ToText() => string.Concat(_settings.Select(setting => $"{setting.Key} = {setting.Value}\n"));

    /// <summary>What may be shown of a value.</summary>
    public static string Shown(string name, string value) => s_secrets.Contains(name) ? "(not shown)"
        : value.Length > 60 ? $"({value.Length} characters)"
        : value;
}
