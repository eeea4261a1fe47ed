using MicroFirmware.Gateway.Devices;
using MicroFirmware.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/work</c>: a board asks for something to hash.</summary>
internal static class WorkRoutes
{
    private const string ContentType = "application/octet-stream";

    // Time for a template to come, or for a disk to recover.
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(5);

    public static void MapWork(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/work", GetAsync)
        .WithName("GetWork")
        .WithSummary("A work record of 192 octets, signed for this request; see firmware/Protocol/PROTOCOL.md.")
        .WithDescription("A refusal carries the signed header field Micro-Refusal.")
        .WithMetadata(new BoardsOwnKey())
        .Produces<byte[]>(StatusCodes.Status200OK, ContentType)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GetAsync(
        HttpContext context, Gatekeeper gatekeeper, WorkDesk desk, CancellationToken cancel)
    {
        if (!Credential.TryParseHttp(context.Request.Headers.Authorization.ToString(), out Credential credential))
        {
            return TypedResults.Problem(ApiProblem.BadCredential());
        }

        Admission admission = await gatekeeper.AdmitAsync(credential, cancel);
        byte[]? work = admission.Refusal is null ? desk.TryHandOut(admission.Device!, admission.Counter) : null;
        return work is not null
            ? TypedResults.Bytes(work, ContentType)
            : Refuse(context.Response, admission, credential.Device);
    }

    private static IResult Refuse(HttpResponse response, in Admission admission, string device)
    {
        RefusalCode code = admission.Refusal ?? RefusalCode.NoWork;
        TimeSpan retryAfter = code is RefusalCode.NoWork or RefusalCode.Busy ? s_retryAfter : TimeSpan.Zero;
        response.Headers[Refusal.HeaderName] = admission.ToHeaderValue(code, device, retryAfter);
        return TypedResults.Problem(ApiProblem.Of(code));
    }
}
