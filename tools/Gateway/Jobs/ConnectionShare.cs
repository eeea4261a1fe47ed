namespace MicroFirmware.Gateway.Jobs;

/// <summary>What a miner on a Stratum connection says it has hashed.</summary>
/// <param name="VersionBits">The version bits that it rolled; null where it sent none.</param>
/// <param name="NTime">The header's time, seconds since 1970.</param>
/// <param name="Nonce">The header's nonce.</param>
public readonly record struct ConnectionShare(uint? VersionBits, uint NTime, uint Nonce);
