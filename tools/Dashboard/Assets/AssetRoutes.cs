using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Dashboard.Assets;

/// <summary><c>/assets/DIGEST/NAME</c>: what pages are made of. Nobody needs to sign in for it.</summary>
internal static class AssetRoutes
{
    // A name holds the digest of the content: what it means never changes.
    private const string Forever = "public, max-age=31536000, immutable";

    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/assets/{digest}/{name}", Serve).AllowAnonymous().ExcludeFromDescription();

    private static IResult Serve(HttpContext context, AssetShelf shelf, string digest, string name)
    {
        if (shelf.Find(name) is not { } asset || asset.Digest != digest)
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = Forever;
        context.Response.Headers.Vary = "Accept-Encoding";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            return TypedResults.Bytes(asset.Plain, asset.Type);
        }

        context.Response.Headers.ContentEncoding = "gzip";
        return TypedResults.Bytes(asset.Packed, asset.Type);
    }
}
