namespace MicroFirmware.Gateway.Jobs;

/// <summary>On what terms a job was issued to a Stratum connection.</summary>
/// <param name="ShareWork">What a share proves, in expected hashes.</param>
/// <param name="FirstNTime">The least ntime of these terms.</param>
/// <param name="EndNTime">From here on ntime belongs to the terms on which the same headers were issued next. So a
/// header stands under one terms only, and nobody can choose after the fact what its hash shall count for.</param>
/// <param name="VersionMask">Version bits that the miner may set as it likes.</param>
public readonly record struct ConnectionTerms(ulong ShareWork, uint FirstNTime, uint EndNTime, uint VersionMask);
