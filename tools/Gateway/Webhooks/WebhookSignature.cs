using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MicroFirmware.Gateway.Webhooks;

/// <summary>
/// What proves a message to its receiver:
/// <code>
/// Micro-Signature: t=&lt;seconds since 1970&gt;,v1=&lt;64 hexadecimal digits, lower case&gt;
/// v1 = HMAC-SHA256(secret as UTF-8, &lt;t as in the header&gt; "." &lt;body, octet by octet&gt;)
/// </code>
/// A receiver makes the code itself, compares in constant time, and refuses what is older than five minutes; within
/// those it knows an event that it has had by its id.
/// </summary>
internal static class WebhookSignature
{
    /// <summary>The header's name.</summary>
    public const string HeaderName = "Micro-Signature";

    /// <summary>The header's value.</summary>
    /// <param name="secret">What the receiver knows too.</param>
    /// <param name="unixSeconds">When the message leaves.</param>
    /// <param name="body">The message.</param>
    public static string Make(string secret, long unixSeconds, ReadOnlySpan<byte> body)
    {
        string time = unixSeconds.ToString(CultureInfo.InvariantCulture);
        using IncrementalHash mac =
            IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(Encoding.ASCII.GetBytes(time + "."));
        mac.AppendData(body);
        return $"t={time},v1={Convert.ToHexStringLower(mac.GetHashAndReset())}";
    }
}
