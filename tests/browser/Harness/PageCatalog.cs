using MicroFirmware.Dashboard;
using Microsoft.AspNetCore.Components;

namespace MicroFirmware.Browser.Tests.Harness;

/// <summary>Every page that there is: the addresses of all components of the dashboard that have one.</summary>
internal static class PageCatalog
{
    /// <summary>What stands for a parameter in an address.</summary>
    private static readonly Dictionary<string, string> s_examples = new() { ["/boards/{Id}"] = "/boards/attic" };

    public static IReadOnlyList<string> Paths { get; } =
    [
        .. typeof(DashboardSite).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes(typeof(RouteAttribute), false).Cast<RouteAttribute>())
            .Select(route => s_examples.GetValueOrDefault(route.Template, route.Template))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A page's address as the name of a file.</summary>
    public static string NameOf(string path) => path == "/" ? "overview" : path.Trim('/').Replace('/', '-');
}
