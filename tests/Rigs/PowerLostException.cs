namespace MicroFirmware.Rigs;

/// <summary>The power has gone in the middle of what the firmware did.</summary>
internal sealed class PowerLostException : Exception;
