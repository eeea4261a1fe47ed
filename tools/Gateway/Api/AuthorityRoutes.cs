using MicroFirmware.Gateway.Trust;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary>
/// <c>/v1/authority</c>: the certificate boards are to believe. It is no secret, and who fetches it compares it with
/// the fingerprint in the owner's token.
/// </summary>
internal static class AuthorityRoutes
{
    private const string ContentType = "application/x-pem-file";

    public static void MapAuthority(this IEndpointRouteBuilder routes) => routes
        .MapGet("/v1/authority", (CertificateAuthority authority) => TypedResults.Text(authority.Pem, ContentType))
        .WithName("GetAuthority")
        .WithSummary("The certificate of the gateway's own authority, PEM.")
        .Produces<string>(StatusCodes.Status200OK, ContentType);
}
