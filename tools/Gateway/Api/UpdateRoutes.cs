using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Updates;
using MicroFirmware.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/update</c>: boards fetch it without a credential, as it proves itself; the owner publishes it.
/// </summary>
internal static class UpdateRoutes
{
    private const string ContentType = "application/octet-stream";

    public static void MapUpdates(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/update", (UpdateStore store) => Send(store.SignedManifest))
            .WithName("GetUpdate")
            .WithSummary("The signed manifest of the update that is offered, 2,588 octets.")
            .Produces<byte[]>(StatusCodes.Status200OK, ContentType)
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/v1/update/{release}/{chunk}", (UpdateStore store, uint release, int chunk) =>
                Send(store.Chunk(release, chunk)))
            .WithName("GetUpdateChunk")
            .WithSummary("A chunk of the update's image, 1,024 octets; the last one may have less.")
            .Produces<byte[]>(StatusCodes.Status200OK, ContentType)
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapPut("/v1/update", PublishAsync)
            .WithName("PublishUpdate")
            .WithSummary("Offers boards a package: signed manifest and image, as micro update pack makes it.")
            .WithMetadata(new RequestSizeLimitAttribute(UpdatePackage.MaxLength))
            .Accepts<byte[]>(ContentType)
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .Needs(AccessScope.Boards);
    }

    private static IResult Send(ReadOnlyMemory<byte>? octets) => octets is { } found
        ? TypedResults.Bytes(found, ContentType)
        : TypedResults.Problem(ApiProblem.NoSuchUpdate());

    private static async Task<IResult> PublishAsync(HttpRequest request, UpdateStore store, CancellationToken cancel)
    {
        using MemoryStream package = new();
        try
        {
            await request.Body.CopyToAsync(package, cancel);
        }
        catch (BadHttpRequestException e)
        {
            return TypedResults.StatusCode(e.StatusCode);
        }

        PublishResult result = store.Publish(package.ToArray());
        return result == PublishResult.Published
            ? TypedResults.NoContent()
            : TypedResults.Problem(ApiProblem.Of(result));
    }
}
