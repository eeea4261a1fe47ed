namespace MicroFirmware.Lightning.Payouts;

/// <summary>What became of a payout, and why.</summary>
/// <param name="State">What became of it.</param>
/// <param name="Reason">For people; empty where it was paid.</param>
public sealed record PayoutAnswer(PayoutState State, string Reason);
