using System.CommandLine;
using System.CommandLine.Parsing;

namespace MicroFirmware.Micro;

/// <summary>An option whose value is a duration such as <c>30s</c>.</summary>
internal static class DurationOption
{
    /// <summary>The option; null if it is left out.</summary>
    public static Option<TimeSpan?> Create(string name, string alias, string description) => new(name, alias)
    {
        Description = description,
        HelpName = "time",
        CustomParser = Parse,
    };

    private static TimeSpan? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (DurationText.TryParse(text, out TimeSpan duration))
        {
            return duration;
        }

        result.AddError($"'{text}' is not a duration; write a number and a unit, such as 500ms, 30s, 2m or 1h30m.");
        return null;
    }
}
