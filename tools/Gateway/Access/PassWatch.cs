using MicroFirmware.Gateway.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace MicroFirmware.Gateway.Access;

/// <summary>
/// Ends answers that last when what let them in no longer counts: a session that was signed out or is over, a token
/// that was revoked or is over, a user who was removed, a machine that is no longer trusted.
/// </summary>
internal sealed class PassWatch(
    SessionBook sessions,
    TokenBook tokens,
    UserBook users,
    Live<GatewayOptions> options,
    TimeProvider time,
    IHostApplicationLifetime life)
{
    /// <summary>Between two looks: an answer outlives its pass by no more.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Follows the pass of a request. Dispose of it with the answer.</summary>
    public PassLease Follow(HttpContext context)
    {
        AccessPass? pass = AccessPass.Of(context.User);
        return new PassLease(
            () => pass is null || IsGood(pass), time, context.RequestAborted, life.ApplicationStopping);
    }

    /// <summary>Whether a pass would still let its holder in. It is not used by looking.</summary>
    public bool IsGood(AccessPass pass) => pass.Kind switch
    {
        PassKind.Session => sessions.IsGood(pass.Session) && users.Find(pass.User) is not null,
        PassKind.Token => tokens.IsGood(pass.Token),
        PassKind.Loopback => options.Now.Owner.TrustLoopback,
        _ => true,
    };
}
