using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Rewards;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/tariff</c>: what work is paid.</summary>
internal static class TariffRoutes
{
    public static void MapTariff(this IEndpointRouteBuilder routes) => routes
        .MapGet("/v1/tariff", (WorkTariff tariff, Live<RewardOptions> options) =>
            TypedResults.Ok(TariffReport.Of(tariff, options.Now)))
        .WithName("GetTariff")
        .WithSummary("What work is paid: the rule, its price, and what the block that is worked on would pay.")
        .Needs(AccessScope.Read);
}
