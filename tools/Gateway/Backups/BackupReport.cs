namespace MicroFirmware.Gateway.Backups;

/// <summary>What was put into a backup, or taken out of one.</summary>
/// <param name="Taken">The moment whose state it holds.</param>
/// <param name="Files">Files in it.</param>
/// <param name="Octets">Their size together.</param>
public sealed record BackupReport(DateTimeOffset Taken, int Files, long Octets);
