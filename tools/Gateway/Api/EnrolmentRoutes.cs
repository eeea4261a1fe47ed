using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Owner;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/enrol</c>: how boards become known.</summary>
internal static class EnrolmentRoutes
{
    public static void MapEnrolment(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/enrol", EnrolAsync)
            .WithName("EnrolDevice")
            .WithSummary("Registers a board: its id and its key. The answer says where it finds work.")
            .Produces<Enrolment>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .NeedsBoardsOrJoin();
    }

    private static async Task<IResult> EnrolAsync(
        Applicant applicant, HttpContext context, OrderDesk desk, JoinCodes codes, BoardDoors doors,
        CancellationToken cancel)
    {
        bool isOwner = AccessPass.Of(context.User)!.Has(AccessScope.Boards);
        if (!TryReadKey(applicant.Key, out byte[] key))
        {
            return TypedResults.Problem(ApiProblem.Of(EnrolResult.InvalidKey));
        }

        string secret = AccessGate.SecretOf(context.Request);
        JoinTicket? ticket = isOwner || applicant.Replace ? null
            : await codes.TryUseAsync(secret, applicant.Device ?? "");
        if (!isOwner && ticket is null)
        {
            return TypedResults.Problem(applicant.Replace ? ApiProblem.MissingScope([AccessScope.Boards])
                : codes.IsGood(secret) ? ApiProblem.Of(EnrolResult.StoreUnavailable)
                : ApiProblem.Of(AccessRefusal.BadToken));
        }

        EnrolResult result = await desk.EnrolAsync(applicant.Device ?? "", key, applicant.Replace, ticket, cancel);
        return result is EnrolResult.Enrolled or EnrolResult.AlreadyEnrolled or EnrolResult.Replaced
            ? TypedResults.Ok(new Enrolment(
                applicant.Device!, result.ToString(), DoorsOf(doors.Plain), doors.Tls is { } tls ? DoorsOf(tls) : null))
            : TypedResults.Problem(ApiProblem.Of(result));
    }

    private static bool TryReadKey(string? text, out byte[] key)
    {
        bool isKey = text is { Length: 2 * Protocol.Limits.KeyLength } && text.All(char.IsAsciiHexDigitLower);
        key = isKey ? Convert.FromHexString(text!) : [];
        return isKey;
    }

    private static Doors DoorsOf((int Http, int Mqtt) ports) => new(ports.Http, ports.Mqtt);

    /// <summary>A board that wants to be known.</summary>
    /// <param name="Device">1 to 32 characters of <c>a-z 0-9 -</c>.</param>
    /// <param name="Key">64 lower-case hexadecimal digits.</param>
    /// <param name="Replace">Whether a board that has the id is shut out; the owner only.</param>
    internal sealed record Applicant(string? Device, string? Key, bool Replace = false)
    {
        /// <summary>Never the key.</summary>
        public override string ToString() => Device ?? "";
    }

    /// <summary>A board that is known.</summary>
    /// <param name="Device">Its id.</param>
    /// <param name="Result"><c>Enrolled</c>, <c>AlreadyEnrolled</c> or <c>Replaced</c>.</param>
    /// <param name="Plain">Where work and MQTT are served in plain text.</param>
    /// <param name="Tls">Where they are served over TLS; null where they are not.</param>
    internal sealed record Enrolment(string Device, string Result, Doors Plain, Doors? Tls);

    /// <summary>Ports.</summary>
    /// <param name="Http">Of work requests.</param>
    /// <param name="Mqtt">Of the broker.</param>
    internal sealed record Doors(int Http, int Mqtt);
}
