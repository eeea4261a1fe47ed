namespace MicroFirmware.Ledger.Rewards;

/// <summary>What a rule gives to one.</summary>
/// <param name="Who">A device.</param>
/// <param name="MilliSatoshi">How much, 1 or more.</param>
public readonly record struct Credit(string Who, long MilliSatoshi);
