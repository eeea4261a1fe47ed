using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace MicroFirmware.Gateway.Api;

/// <summary>An example of every answer with a body, by the operation's name, as a gateway once gave it
/// (<c>examples.json</c>). Tests hold each against its schema.</summary>
internal static class ApiExamples
{
    private const string Resource = "MicroFirmware.Gateway.Api.examples.json";
    private const string Json = "application/json";

    private static readonly Lazy<JsonObject> s_all = new(Read);

    /// <summary>Shows an operation's example where it answers well.</summary>
    public static void Show(OpenApiOperation operation)
    {
        foreach ((string status, IOpenApiResponse response) in operation.Responses ?? [])
        {
            if (status.StartsWith('2') && response.Content?.TryGetValue(Json, out OpenApiMediaType? body) == true)
            {
                body.Example = s_all.Value[operation.OperationId ?? ""]?.DeepClone();
            }
        }
    }

    private static JsonObject Read()
    {
        using Stream file = typeof(ApiExamples).Assembly.GetManifestResourceStream(Resource)!;
        return JsonNode.Parse(file)!.AsObject();
    }
}
