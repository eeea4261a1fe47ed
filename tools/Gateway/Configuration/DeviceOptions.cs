namespace MicroFirmware.Gateway.Configuration;

/// <summary>Who may take part.</summary>
public sealed class DeviceOptions
{
    // Half a gigabyte of keys and counters; a larger fleet wants a second gateway anyway.
    private const int DefaultMaxDevices = 1_000_000;

    /// <summary>Devices that can be registered, 1 to 10,000,000. Default 1,000,000.</summary>
    public int MaxDevices { get; set; } = DefaultMaxDevices;

    internal void Check(string section, ConfigurationProblems problems) =>
        problems.Range($"{section}:{nameof(MaxDevices)}", MaxDevices, 1, 10_000_000);
}
