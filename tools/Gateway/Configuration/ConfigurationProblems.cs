using System.Globalization;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>Collects what is wrong with a configuration, so that its owner hears of everything at once.</summary>
internal sealed class ConfigurationProblems
{
    private readonly List<string> _lines = [];

    public void Add(string key, object? value, string advice)
    {
        // These lines end up in logs; a password does not, not even under a key that is misspelt.
        object? shown = key.Contains("Pas", StringComparison.OrdinalIgnoreCase) ? "***" : value;
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{key} = '{shown}' {advice}."));
    }

    public void Range<T>(string key, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            Add(key, value, string.Create(CultureInfo.InvariantCulture, $"is out of range; take {least} to {most}"));
        }
    }

    /// <exception cref="ConfigurationException">There was a problem.</exception>
    public void ThrowIfAny()
    {
        if (_lines.Count > 0)
        {
            throw new ConfigurationException(string.Join(Environment.NewLine, _lines));
        }
    }
}
