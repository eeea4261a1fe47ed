using System.Text.Json;
using MicroFirmware.Gateway.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MicroFirmware.Gateway.Api;

/// <summary>
/// What the OpenAPI document says beyond the routes themselves: title, credentials, and which route asks for which.
/// </summary>
internal static class ApiDescription
{
    /// <summary>A token for programs.</summary>
    private const string Token = "token";

    /// <summary>A browser's cookie.</summary>
    private const string Session = "session";

    /// <summary>A board's own key.</summary>
    private const string Board = "board";

    private static readonly Dictionary<string, OpenApiSecurityScheme> s_schemes = new()
    {
        [Token] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The owner token, which may do everything, or an API token with its scopes: "
                + string.Join(", ", AccessScope.All) + ". To enrol one board, a join code too.",
        },
        [Session] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = SessionCookie.TlsName,
            Description = $"The cookie of POST /v1/session; {SessionCookie.PlainName} without TLS. Requests that "
                + "change something count only if the browser says that one of the gateway's own pages sent them.",
        },
        [Board] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "Authorization",
            Description = "Micro <device>:<counter, 16 hex digits>:<mac, 64 hex digits>, made with the board's key; "
                + "see firmware/Protocol/PROTOCOL.md.",
        },
    };

    public static void Describe(this OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            DescribeAll(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context);
            return Task.CompletedTask;
        });
    }

    private static void DescribeAll(OpenApiDocument document)
    {
        document.Info.Title = "MicroFirmware gateway";
        document.Info.Description = "Work for boards, what they have proven, and what they have earned. Whatever "
            + "cannot be answered comes as a problem (RFC 9457) whose detail says what to do.";
        document.Info.Version = "v1";

        // Wherever it is read from, it speaks of the gateway that serves it.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        foreach ((string name, OpenApiSecurityScheme scheme) in s_schemes)
        {
            document.Components.SecuritySchemes[name] = scheme;
        }
    }

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        NameAsWritten(operation.Parameters ?? []);
        ApiExamples.Show(operation);
        if (metadata.OfType<PageSize>().FirstOrDefault() is { } size)
        {
            Describe(size, operation.Parameters ?? []);
        }

        if (metadata.OfType<ScopeNeeded>().FirstOrDefault() is { } needed)
        {
            operation.Security = [Require(Token, needed.AnyOf, context), Require(Session, needed.AnyOf, context)];
        }
        else if (metadata.OfType<BoardsOwnKey>().Any())
        {
            operation.Security = [Require(Board, [], context)];
        }
    }

    /// <summary>Parameters that are a record's are named after its properties; everybody writes them in lower case.
    /// </summary>
    private static void NameAsWritten(IList<IOpenApiParameter> parameters)
    {
        foreach (OpenApiParameter parameter in parameters.OfType<OpenApiParameter>())
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name ?? "");
        }
    }

    private static void Describe(PageSize size, IList<IOpenApiParameter> parameters)
    {
        foreach (OpenApiSchema schema in parameters.Where(p => p.Name == "limit").Select(p => p.Schema)
            .OfType<OpenApiSchema>())
        {
            (schema.Minimum, schema.Maximum, schema.Default) = ("1", $"{size.Most}", size.Usual);
        }
    }

    /// <summary>OpenAPI 3.1 §4.8.30: a scheme that is not OAuth may list the roles that it takes.</summary>
    private static OpenApiSecurityRequirement Require(
        string scheme, string[] scopes, OpenApiOperationTransformerContext context) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [.. scopes] };
}
