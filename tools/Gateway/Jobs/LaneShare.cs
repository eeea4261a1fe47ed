namespace MicroFirmware.Gateway.Jobs;

/// <summary>What a device says it has hashed.</summary>
/// <param name="Lane">Number of the lane.</param>
/// <param name="Version">The header's whole version.</param>
/// <param name="NTime">The header's time, seconds since 1970.</param>
/// <param name="Nonce">The header's nonce.</param>
public readonly record struct LaneShare(uint Lane, uint Version, uint NTime, uint Nonce);
