using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MicroFirmware.Micro;

/// <summary>An option whose value is an exact decimal number, such as <c>0.30</c>.</summary>
internal static class DecimalOption
{
    // Far more than anything that is typed here can be; it keeps what is reckoned with it small.
    private const decimal Most = 1_000_000_000_000_000_000;

    /// <summary>The option; null if it is left out.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="helpName">What its value is.</param>
    /// <param name="description">What it sets.</param>
    /// <param name="mayBeZero">Whether zero is a value.</param>
    public static Option<decimal?> Create(string name, string helpName, string description, bool mayBeZero) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Parse(result, mayBeZero),
    };

    private static decimal? Parse(ArgumentResult result, bool mayBeZero)
    {
        string text = result.Tokens[0].Value;
        bool isNumber = decimal.TryParse(
            text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number);
        if (isNumber && number <= Most && (mayBeZero || number > 0))
        {
            return number;
        }

        result.AddError($"'{text}' is not a number {(mayBeZero ? "from 0 on" : "above 0")}; write it like 0.30.");
        return null;
    }
}
