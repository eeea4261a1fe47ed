using System.Globalization;

namespace MicroFirmware.Gateway.Configuration;

/// <summary>Collects what is wrong with a configuration, so that its owner hears of everything at once.</summary>
internal sealed class ConfigurationProblems
{
    private readonly List<string> _lines = [];

    public void Add(string key, object? value, string advice) =>
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{key} = '{value}' {advice}."));

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
