using System.Net;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Trust;
using Microsoft.AspNetCore.Http;

namespace MicroFirmware.Gateway.Owner;

/// <summary>Decides who may give orders: a bearer token over a line that others cannot read.</summary>
internal sealed class OwnerGate(
    GatewayOptions options, OwnerToken token, JoinCodes joinCodes, FailureBudget failures)
{
    private const string Scheme = "Bearer ";

    /// <summary>What a request may do.</summary>
    public OwnerAccess Judge(HttpContext context)
    {
        IPAddress address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        bool isLocal = IPAddress.IsLoopback(address);
        if (!context.Request.IsHttps && !isLocal && !options.Tls.PlainText)
        {
            return OwnerAccess.NeedsTls;
        }

        if (options.Owner.TrustLoopback && isLocal && IsLocalName(context.Request.Host.Host))
        {
            return OwnerAccess.Owner;
        }

        if (!failures.HasRoom(address))
        {
            return OwnerAccess.TooManyFailures;
        }

        OwnerAccess access = JudgeSecret(SecretOf(context.Request));
        if (access == OwnerAccess.None)
        {
            failures.Count(address);
        }

        return access;
    }

    /// <summary>The secret a request carries, without the authority's fingerprint; empty when there is none.</summary>
    public static string SecretOf(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.Ordinal)
            && AccessCode.TryParse(header[Scheme.Length..], out AccessCode? code) ? code!.Secret : "";
    }

    private OwnerAccess JudgeSecret(string secret) =>
        token.IsOwner(secret) ? OwnerAccess.Owner
        : joinCodes.IsGood(secret) ? OwnerAccess.Join
        : OwnerAccess.None;

    /// <summary>A page in the owner's browser can reach this machine by a name of its own, and must not.</summary>
    private static bool IsLocalName(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
