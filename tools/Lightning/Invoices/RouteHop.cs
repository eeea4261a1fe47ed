namespace MicroFirmware.Lightning.Invoices;

/// <summary>A hop of a private route to the payee (BOLT 11, field <c>r</c>, 51 octets).</summary>
/// <param name="NodeKey">The node that the channel starts at, 33 octets.</param>
/// <param name="ShortChannelId">The channel.</param>
/// <param name="FeeBaseMsat">What it takes for a payment.</param>
/// <param name="FeePpm">What it takes besides, in parts per million.</param>
/// <param name="ExpiryDelta">Blocks that it needs.</param>
public sealed record RouteHop(
    byte[] NodeKey, ulong ShortChannelId, uint FeeBaseMsat, uint FeePpm, ushort ExpiryDelta);
