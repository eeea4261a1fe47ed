using System.Net;

namespace MicroFirmware.Paywall;

/// <summary>What the cashier needs to know of a request.</summary>
/// <param name="Authorization">The value of the header field; empty for none.</param>
/// <param name="Method">Such as <c>GET</c>.</param>
/// <param name="Path">Decoded, without the query: what tokens are limited to.</param>
/// <param name="Target">As the request line has it: what payers sign.</param>
/// <param name="Address">Who asks.</param>
public readonly record struct PaymentRequest(
    string Authorization, string Method, string Path, string Target, IPAddress Address);
