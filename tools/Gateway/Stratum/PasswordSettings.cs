using System.Globalization;

namespace MicroFirmware.Gateway.Stratum;

/// <summary>Settings that a miner's owner writes into the password, <c>d=0.001</c> among others.</summary>
internal static class PasswordSettings
{
    /// <summary>The difficulty to start with.</summary>
    /// <param name="password">Settings with commas, semicolons or spaces between them; what is not known is ignored.
    /// </param>
    /// <returns>Null where there is none that could be used.</returns>
    public static double? Difficulty(string password)
    {
        foreach (string setting in password.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (setting.StartsWith("d=", StringComparison.OrdinalIgnoreCase)
                && double.TryParse(
                    setting.AsSpan(2), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && value is > 0 and < 1e15)
            {
                return value;
            }
        }

        return null;
    }
}
