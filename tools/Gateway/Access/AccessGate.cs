using System.Net;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Owner;
using MicroFirmware.Gateway.Trust;
using Microsoft.AspNetCore.Http;

namespace MicroFirmware.Gateway.Access;

/// <summary>
/// Decides who makes a request: by a bearer token or code, by the cookie of a session, or by being on a machine whose
/// programs the owner trusts. A header counts before a cookie.
/// </summary>
internal sealed class AccessGate(
    Live<GatewayOptions> options,
    OwnerToken ownerToken,
    TokenBook tokens,
    JoinCodes joinCodes,
    SessionBook sessions,
    UserBook users,
    FailureBudget failures)
{
    private const string Bearer = "Bearer ";

    /// <summary>Judges a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="refusal">Why nobody is known by it.</param>
    /// <returns>Null for nobody.</returns>
    public AccessPass? Judge(HttpContext context, out AccessRefusal refusal)
    {
        IPAddress address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        bool isLocal = IPAddress.IsLoopback(address);
        string header = context.Request.Headers.Authorization.ToString();
        if (!context.Request.IsHttps && !isLocal && !options.Now.Tls.PlainText)
        {
            refusal = AccessRefusal.NeedsTls;
            return null;
        }

        if (header.StartsWith(Bearer, StringComparison.Ordinal))
        {
            return JudgeBearer(header[Bearer.Length..], address, out refusal);
        }

        return JudgeCookie(context.Request, out refusal)
            ?? (isLocal ? JudgeLoopback(context.Request, ref refusal) : null);
    }

    /// <summary>The secret a request carries, without the authority's fingerprint; empty when there is none.</summary>
    public static string SecretOf(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.Ordinal) ? SecretOf(header[Bearer.Length..]) : "";
    }

    private static string SecretOf(string text) => AccessCode.TryParse(text, out AccessCode? code) ? code!.Secret : "";

    private AccessPass? JudgeBearer(string text, IPAddress address, out AccessRefusal refusal)
    {
        refusal = AccessRefusal.TooManyFailures;
        if (!failures.HasRoom(address))
        {
            return null;
        }

        string secret = SecretOf(text);
        AccessPass? pass =
            ownerToken.IsOwner(secret) ? new AccessPass(PassKind.OwnerToken, "owner token", AccessScope.All)
            : tokens.Use(secret) is { } token
                ? new AccessPass(PassKind.Token, token.Name, token.Scopes, token.User, Token: token.Id)
            : joinCodes.IsGood(secret) ? new AccessPass(PassKind.JoinCode, "join code", [AccessScope.Join])
            : null;
        if (pass is null)
        {
            refusal = AccessRefusal.BadToken;
            failures.Count(address);
        }

        return pass;
    }

    private AccessPass? JudgeCookie(HttpRequest request, out AccessRefusal refusal)
    {
        refusal = AccessRefusal.NoCredential;
        if (sessions.Use(SessionCookie.Read(request)) is not { } session || users.Find(session.User) is not { } user)
        {
            return null;
        }

        if (SameOrigin.IsNeeded(request) && !SameOrigin.IsSaid(request))
        {
            refusal = AccessRefusal.CrossSite;
            return null;
        }

        return new AccessPass(PassKind.Session, user.Name, AccessScope.Of(user.Role), user.Id, session.Id);
    }

    private AccessPass? JudgeLoopback(HttpRequest request, ref AccessRefusal refusal)
    {
        if (!options.Now.Owner.TrustLoopback || !IsLocalName(request.Host.Host))
        {
            return null;
        }

        if (SameOrigin.IsNeeded(request) && SameOrigin.IsDenied(request))
        {
            refusal = AccessRefusal.CrossSite;
            return null;
        }

        return new AccessPass(PassKind.Loopback, "this machine", AccessScope.All);
    }

    /// <summary>A page in the owner's browser can reach this machine by a name of its own, and must not.</summary>
    private static bool IsLocalName(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
