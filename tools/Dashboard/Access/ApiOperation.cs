using Microsoft.OpenApi;

namespace MicroFirmware.Dashboard.Access;

/// <summary>A request that the API takes, as a line of a table.</summary>
/// <param name="Method">GET, POST, …</param>
/// <param name="Path">Its path, with names in braces.</param>
/// <param name="Summary">What it does, as a sentence.</param>
/// <param name="Parameters">Names of what stands in the query.</param>
/// <param name="Scope">What it needs.</param>
internal sealed record ApiOperation(string Method, string Path, string Summary, string[] Parameters, string Scope)
{
    /// <summary>Every request, by what it is about.</summary>
    public static IReadOnlyList<IGrouping<string, ApiOperation>> Of(OpenApiDocument document) =>
    [
        .. document.Paths.OrderBy(path => path.Key, StringComparer.Ordinal)
            .SelectMany(path => (path.Value.Operations ?? []).Select(one => Of(path.Key, one.Key, one.Value)))
            .GroupBy(operation => RoomOf(operation.Path)),
    ];

    private static ApiOperation Of(string path, HttpMethod method, OpenApiOperation operation) => new(
        method.Method,
        path,
        operation.Summary ?? "",
        [.. (operation.Parameters ?? []).Where(p => p.In == ParameterLocation.Query).Select(p => p.Name ?? "")],
        ScopeOf(operation));

    private static string ScopeOf(OpenApiOperation operation)
    {
        if (operation.Security is not [var first, ..])
        {
            return "none";
        }

        (OpenApiSecuritySchemeReference scheme, List<string> scopes) = first.First();
        return scopes.Count > 0 ? string.Join(" or ", scopes)
            : scheme.Reference.Id == "board" ? "a board's key"
            : "any";
    }

    private static string RoomOf(string path) => path.Split('/') is [_, "v1", { } room, ..] ? room : path.Trim('/');
}
