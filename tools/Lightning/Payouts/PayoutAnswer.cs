namespace MicroFirmware.Lightning.Payouts;

/// <summary>What became of a payout, and why.</summary>
/// <param name="State">What became of it.</param>
/// <param name="Reason">For people; empty where it was paid.</param>
/// <param name="FeeMsat">What the way cost; 0 where it was not paid.</param>
public sealed record PayoutAnswer(PayoutState State, string Reason, long FeeMsat = 0);
