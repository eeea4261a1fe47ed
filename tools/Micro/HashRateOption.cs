using System.CommandLine;
using System.CommandLine.Parsing;

namespace MicroFirmware.Micro;

/// <summary>An option whose value is a hash rate such as <c>350k</c>.</summary>
internal static class HashRateOption
{
    /// <summary>The option, in H/s; null if it is left out.</summary>
    public static Option<double?> Create(string name, string alias, string description) => new(name, alias)
    {
        Description = description,
        HelpName = "rate",
        CustomParser = Parse,
    };

    private static double? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (HashRateText.TryParse(text, out double hashesPerSecond))
        {
            return hashesPerSecond;
        }

        result.AddError($"'{text}' is not a hash rate; write hashes per second, such as 200, 350k or 1.2M.");
        return null;
    }
}
