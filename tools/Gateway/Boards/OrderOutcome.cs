using MicroFirmware.Gateway.Owner;

namespace MicroFirmware.Gateway.Boards;

/// <summary>What became of an order to one of several boards.</summary>
/// <param name="Id">The board.</param>
/// <param name="Result">What became of it.</param>
public sealed record OrderOutcome(string Id, OrderResult Result);
