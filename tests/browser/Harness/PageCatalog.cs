using MicroFirmware.Dashboard;
using Microsoft.AspNetCore.Components;

namespace MicroFirmware.Browser.Tests.Harness;

/// <summary>Every page that there is: the addresses of all components of the dashboard that have one.</summary>
internal static class PageCatalog
{
    /// <summary>What stands for a parameter in an address. What has none is seen on a way through the pages.</summary>
    private static readonly Dictionary<string, string[]> s_examples = new()
    {
        ["/boards/device/{Id}"] = ["/boards/device/attic"],
        ["/boards/add/{Number}"] = [],
        ["/boards/runs/{Number:int}"] = [$"/boards/runs/{Farm.AskedRun}", $"/boards/runs/{Farm.DoneRun}"],
        ["/welcome/{code}"] = [],
    };

    private static readonly string[] s_templates =
    [
        .. typeof(DashboardSite).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes(typeof(RouteAttribute), false).Cast<RouteAttribute>())
            .Select(route => route.Template)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Addresses that can be opened right away.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        [.. s_templates.SelectMany(template => s_examples.GetValueOrDefault(template, [template]))];

    /// <summary>A page's address as the name of a file.</summary>
    public static string NameOf(string path) => path == "/" ? "overview" : path.Trim('/').Replace('/', '-');
}
