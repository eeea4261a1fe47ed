namespace MicroFirmware.Hardware;

/// <summary>The best hash rate that a public firmware is known for on a chip, whole device.</summary>
/// <param name="Firmware">Its name and version.</param>
/// <param name="Khs">Rate in kH/s.</param>
/// <param name="HowSure">Who says so.</param>
public sealed record PublishedRate(string Firmware, CycleRange Khs, string HowSure);
