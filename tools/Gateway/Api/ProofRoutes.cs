using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Proofs;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Paywall;
using MicroFirmware.Paywall.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/proofs</c>: boards check that a transaction is in a block, for a price.</summary>
internal static class ProofRoutes
{
    private const string Path = "/v1/proofs";

    // A day to come back with a payment that no decision was had for.
    private static readonly TimeSpan s_validity = TimeSpan.FromDays(1);

    public static void MapProofs(this IEndpointRouteBuilder routes, Live<ProofOptions> options)
    {
        routes.MapGet(Path, (ProofDesk desk) => TypedResults.Ok(Terms(options.Now, desk)))
            .WithName("GetProofTerms")
            .WithSummary("What a proof costs, how many boards check it, and how many are there.");
        routes.MapGet(Path + "/boards", (ProofDesk desk) => TypedResults.Ok(desk.Boards()))
            .WithName("ListProofBoards")
            .WithSummary("Boards that listen for proofs, and what their findings have been worth.")
            .Needs(AccessScope.Read);
        if (options.Now.IsEnabled)
        {
            // The first filter is the outermost: what can be refused is refused before anything is debited.
            routes.MapPost(Path, CheckAsync)
                .WithName("CheckProof")
                .WithSummary("Has boards check a proof; answers with a signed attestation. Not charged where too few "
                    + "boards agree in time.")
                .WithMetadata(new SizeLimit())
                .Produces<ProofAnswer>()
                .ProducesProblem(StatusCodes.Status400BadRequest)
                .ProducesProblem(StatusCodes.Status409Conflict)
                .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
                .AddEndpointFilter(RefuseAsync)
                .RequirePayment(new PaymentTerms(options.Now.PriceMsat, ProofFees.Held)
                {
                    Description = "a proof",
                    Path = Path,
                    Validity = s_validity,
                });
        }
    }

    private static ProofTerms Terms(ProofOptions options, ProofDesk desk) =>
        new(options.PriceMsat, options.Boards, options.Agreeing, desk.Ready, options.GreatestTarget);

    private static async ValueTask<object?> RefuseAsync(
        EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        IServiceProvider services = invocation.HttpContext.RequestServices;
        ProofRequest request = invocation.GetArgument<ProofRequest>(0);
        uint limit = services.GetRequiredService<Live<ProofOptions>>().Now.LimitBits;
        string? mistake = request.Read(limit, out TransactionProof? proof);
        if (mistake is not null)
        {
            return TypedResults.Problem(ApiProblem.BadProof(mistake));
        }

        if (!services.GetRequiredService<ProofDesk>().IsReady)
        {
            return TypedResults.Problem(ApiProblem.TooFewBoards());
        }

        invocation.HttpContext.Features.Set(proof);
        return await next(invocation);
    }

    /// <summary>Paid for by now. Whether the customer still waits makes no difference to anybody else.</summary>
    private static async Task<IResult> CheckAsync(
        ProofRequest request,
        HttpContext context,
        ProofDesk desk,
        ProofFees fees,
        Live<ProofOptions> options,
        CertificateAuthority authority,
        TimeProvider time)
    {
        TransactionProof proof = context.Features.Get<TransactionProof>()!;
        PaymentReceipt receipt = PaymentReceipt.Of(context.Request.Headers.Authorization.ToString())!;
        ProofFeeState state = fees.Begin(receipt);
        if (state != ProofFeeState.Begun)
        {
            return TypedResults.Problem(ApiProblem.Of(state));
        }

        try
        {
            long msat = receipt.Msat ?? options.Now.PriceMsat;
            ProofDecision? decision = await desk.CheckAsync(proof);
            if (decision is null)
            {
                await fees.ReturnAsync(receipt, msat);
                return TypedResults.Problem(ApiProblem.NoDecision());
            }

            AttestationContent content = AttestationContent.Of(proof, decision, msat, time.GetUtcNow());
            SignedAttestation attestation = SignedAttestation.Sign(content, authority.Certificate);
            return await fees.ShareAsync(receipt, msat, decision.Boards.Select(board => board.Device))
                ? TypedResults.Ok(new ProofAnswer(content.Result, attestation))
                : TypedResults.Problem(ApiProblem.Unstored());
        }
        finally
        {
            fees.End(receipt);
        }
    }

    private sealed class SizeLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => ProofRequest.OctetsMax;
    }
}
