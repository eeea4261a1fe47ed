namespace MicroFirmware.Hardware;

/// <summary>How many cores a chip has and who runs on which under nanoFramework.</summary>
/// <param name="Count">1 or 2.</param>
/// <param name="Clr">Core of the nanoCLR task.</param>
/// <param name="Wifi">Core of the Wi-Fi task.</param>
/// <param name="Free">Core with neither, where a scanner may run all the time; null on a single-core chip.</param>
public sealed record ChipCores(int Count, int Clr, int Wifi, int? Free = null);
