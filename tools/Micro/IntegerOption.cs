using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MicroFirmware.Micro;

/// <summary>An option whose value is a whole number within bounds.</summary>
internal static class IntegerOption
{
    /// <summary>The option; its default if it is left out.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="alias">One dash and a letter.</param>
    /// <param name="description">What it sets; the bounds are added.</param>
    /// <param name="least">The smallest value allowed.</param>
    /// <param name="most">The largest value allowed.</param>
    /// <param name="defaultValue">Within the bounds.</param>
    public static Option<int> Create(
        string name, string alias, string description, int least, int most, int defaultValue) => new(name, alias)
    {
        Description = $"{description} ({least} to {most})",
        HelpName = "number",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = result => Parse(result, least, most),
    };

    private static int Parse(ArgumentResult result, int least, int most)
    {
        string text = result.Tokens[0].Value;
        bool isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value);
        if (!isNumber || value < least || value > most)
        {
            result.AddError($"'{text}' is not a whole number between {least} and {most}.");
        }

        return value;
    }
}
