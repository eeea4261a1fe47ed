namespace MicroFirmware.Gateway.Api;

/// <summary>A payout target that somebody sets.</summary>
/// <param name="Target">A Lightning address, an LNURL, an invoice or a node's key.</param>
/// <param name="ThresholdMsat">Balance from which it is paid; left out for the gateway's own.</param>
internal sealed record TargetOrder(string Target, long? ThresholdMsat = null);
