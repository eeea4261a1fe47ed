using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace MicroFirmware.Gateway.Api;

/// <summary><c>/v1/settings</c>: every setting, and changes of them, kept in the data directory.</summary>
internal static class SettingRoutes
{
    /// <summary>Sections that decide who may come in, or who is paid: they need that scope too.</summary>
    private static readonly Dictionary<string, string> s_alsoNeeded = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Access"] = AccessScope.People,
        ["Owner"] = AccessScope.People,
        ["Tls"] = AccessScope.People,
        ["Payouts"] = AccessScope.Money,
        ["Rewards"] = AccessScope.Money,
    };

    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/settings", (SettingsDesk desk) => TypedResults.Ok(new SettingList(
                [.. desk.All().Select(SettingReport.Of)], desk.CanSave)))
            .WithName("ListSettings")
            .WithSummary("Every setting with its value, default and origin; of a secret only whether it is there.")
            .Needs(AccessScope.Read);
        routes.MapPut("/v1/settings/{key}", (string key, SettingWish wish, HttpContext context, SettingsDesk desk) =>
                Save(context, desk, key, wish.Value ?? ""))
            .WithName("SetSetting")
            .WithSummary("Sets one; whether it counts at once or from the next start on, the list says.")
            .CanRefuseSetting();
        routes.MapDelete("/v1/settings/{key}", (string key, HttpContext context, SettingsDesk desk) =>
                Save(context, desk, key, null))
            .WithName("ResetSetting")
            .WithSummary("Takes back what was set here.")
            .CanRefuseSetting();
    }

    /// <summary>Changes settings.</summary>
    public static Results<NoContent, ProblemHttpResult> Try(Action save)
    {
        try
        {
            save();
            return TypedResults.NoContent();
        }
        catch (ConfigurationException e)
        {
            return TypedResults.Problem(ApiProblem.BadSetting(e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return TypedResults.Problem(ApiProblem.SettingNotKept(e));
        }
    }

    private static Results<NoContent, ProblemHttpResult> Save(
        HttpContext context, SettingsDesk desk, string key, string? value)
    {
        string? needed = s_alsoNeeded.GetValueOrDefault(key.Split(':')[0]);
        return needed is null || AccessPass.Of(context.User)!.Has(needed)
            ? Try(() => desk.Save(key, value))
            : TypedResults.Problem(ApiProblem.MissingScope([needed]));
    }

    private static void CanRefuseSetting(this RouteHandlerBuilder route) => route
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .Needs(AccessScope.Settings);

    /// <summary>Settings.</summary>
    /// <param name="Settings">In the order of the documentation.</param>
    /// <param name="CanChange">Whether this gateway keeps changes.</param>
    internal sealed record SettingList(IReadOnlyList<SettingReport> Settings, bool CanChange);

    /// <summary>One setting.</summary>
    /// <param name="Key">Its name everywhere: <c>Shares:Interval</c>.</param>
    /// <param name="Kind">What is written: <c>text</c>, <c>number</c>, <c>duration</c> or <c>yes or no</c>.</param>
    /// <param name="Value">What counts now; of a secret only whether it is there.</param>
    /// <param name="Default">What would count if nobody had set it.</param>
    /// <param name="Next">What counts from the next start on, where that is something else; null otherwise.</param>
    /// <param name="IsSecret">It is never shown as it is.</param>
    /// <param name="IsAtOnce">A change counts without a restart.</param>
    /// <param name="RestartWhy">Why it waits for one, as the end of a sentence; null where it does not.</param>
    /// <param name="Origin"><c>default</c>, <c>file</c>, <c>page</c>, <c>environment</c> or <c>command-line</c>.
    /// </param>
    internal sealed record SettingReport(
        string Key, string Kind, string Value, string Default, string? Next, bool IsSecret, bool IsAtOnce,
        string? RestartWhy, string Origin)
    {
        public static SettingReport Of(Setting setting) => new(
            setting.Key, setting.Kind, setting.Value, setting.Default, setting.Next, setting.IsSecret,
            setting.IsAtOnce, setting.RestartWhy, ApiWord.Of(setting.Origin));
    }

    /// <summary>A setting's new value.</summary>
    /// <param name="Value">As it is written in the settings file; null for empty.</param>
    internal sealed record SettingWish(string? Value)
    {
        /// <summary>It may be a secret.</summary>
        public override string ToString() => "";
    }
}
