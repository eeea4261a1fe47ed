using System.Text.Encodings.Web;
using MicroFirmware.Gateway.Api;
using MicroFirmware.Gateway.Owner;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace MicroFirmware.Gateway.Access;

/// <summary>
/// <see cref="AccessGate"/> as ASP.NET Core asks for it. Who must sign in first is sent to <see cref="SignInPath"/> if
/// they look at a page, and gets a problem (RFC 9457) otherwise.
/// </summary>
internal sealed class AccessHandler(
    AccessGate gate, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    /// <summary>The scheme's name.</summary>
    public new const string Scheme = "Micro";

    /// <summary>The page that asks for name and password; its <c>return</c> is where to go then.</summary>
    public const string SignInPath = "/sign-in";

    /// <summary>The page that says that another page is not for its reader.</summary>
    public const string NoEntryPath = "/no-entry";

    private AccessRefusal _refusal;

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        AccessPass? pass = gate.Judge(Context, out _refusal);
        return Task.FromResult(
            pass is not null ? AuthenticateResult.Success(new AuthenticationTicket(pass.ToPrincipal(), Scheme))
            : _refusal == AccessRefusal.NoCredential ? AuthenticateResult.NoResult()
            : AuthenticateResult.Fail(_refusal.ToString()));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_refusal == AccessRefusal.NoCredential && IsPage(Request))
        {
            string back = Request.PathBase + Request.Path + Request.QueryString;
            Response.Redirect(back == "/" ? SignInPath : QueryHelpers.AddQueryString(SignInPath, "return", back));
            return Task.CompletedTask;
        }

        if (_refusal == AccessRefusal.TooManyFailures)
        {
            Response.Headers.RetryAfter = ((int)FailureBudget.Window.TotalSeconds).ToString("D");
        }

        return AnswerAsync(ApiProblem.Of(_refusal));
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (IsPage(Request))
        {
            Response.Redirect(NoEntryPath);
            return Task.CompletedTask;
        }

        ScopeNeeded? needed = Context.GetEndpoint()?.Metadata.GetMetadata<ScopeNeeded>();
        return AnswerAsync(ApiProblem.MissingScope(needed?.AnyOf ?? []));
    }

    private Task AnswerAsync(ProblemDetails problem)
    {
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            Response.Headers.WWWAuthenticate = "Bearer";
        }

        return TypedResults.Problem(problem).ExecuteAsync(Context);
    }

    private static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !request.Path.StartsWithSegments("/v1")
        && request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/html", StringComparison.Ordinal));
}
