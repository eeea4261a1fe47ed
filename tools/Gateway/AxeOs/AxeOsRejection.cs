namespace MicroFirmware.Gateway.AxeOs;

/// <summary>Why shares were not credited.</summary>
/// <param name="Message">The verdict.</param>
/// <param name="Count">How many got it.</param>
internal sealed record AxeOsRejection(string Message, long Count);
