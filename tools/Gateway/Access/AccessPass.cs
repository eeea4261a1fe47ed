using System.Globalization;
using System.Security.Claims;

namespace MicroFirmware.Gateway.Access;

/// <summary>Who makes a request, and what they may do. It holds no secret.</summary>
/// <param name="Kind">What they proved themselves with.</param>
/// <param name="Name">The user's name or the token's; to be shown.</param>
/// <param name="Scopes">What they may do: names of <see cref="AccessScope"/>.</param>
/// <param name="User">The number of the user who signed in or made the token; 0 for none.</param>
/// <param name="Session">The session's id, which is the digest of its secret; empty for none.</param>
/// <param name="Token">The API token's number; 0 for none.</param>
internal sealed record AccessPass(
    PassKind Kind, string Name, IReadOnlyList<string> Scopes, long User = 0, string Session = "", long Token = 0)
{
    /// <summary>The claim that names a scope.</summary>
    public const string ScopeClaim = "scope";

    private const string KindClaim = "micro:kind";
    private const string UserClaim = "micro:user";
    private const string SessionClaim = "micro:session";
    private const string TokenClaim = "micro:token";

    /// <summary>Whether they may do everything.</summary>
    public bool IsOwner => AccessScope.All.All(Has);

    /// <summary>Reads back what <see cref="ToPrincipal"/> made; null for a stranger.</summary>
    public static AccessPass? Of(ClaimsPrincipal principal) =>
        Enum.TryParse(principal.FindFirstValue(KindClaim), out PassKind kind)
            ? new AccessPass(
                kind,
                principal.FindFirstValue(ClaimTypes.Name) ?? "",
                [.. principal.FindAll(ScopeClaim).Select(claim => claim.Value)],
                long.Parse(principal.FindFirstValue(UserClaim) ?? "0", CultureInfo.InvariantCulture),
                principal.FindFirstValue(SessionClaim) ?? "",
                long.Parse(principal.FindFirstValue(TokenClaim) ?? "0", CultureInfo.InvariantCulture))
            : null;

    /// <summary>Whether they may do something.</summary>
    public bool Has(string scope) => Scopes.Contains(scope);

    /// <summary>
    /// As ASP.NET Core and Blazor know it: <c>Identity.Name</c>, the role <c>Owner</c> or <c>Viewer</c>, a claim
    /// <c>scope</c> for each scope.
    /// </summary>
    public ClaimsPrincipal ToPrincipal()
    {
        List<Claim> claims =
        [
            new(ClaimTypes.Name, Name),
            new(KindClaim, Kind.ToString()),
            new(UserClaim, User.ToString(CultureInfo.InvariantCulture)),
            new(SessionClaim, Session),
            new(TokenClaim, Token.ToString(CultureInfo.InvariantCulture)),
            .. Scopes.Select(scope => new Claim(ScopeClaim, scope)),
        ];
        if (Kind == PassKind.Session)
        {
            claims.Add(new Claim(ClaimTypes.Role, (IsOwner ? AccessRole.Owner : AccessRole.Viewer).ToString()));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, AccessHandler.Scheme));
    }
}
