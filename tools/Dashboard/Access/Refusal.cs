using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace MicroFirmware.Dashboard.Access;

/// <summary>A form's answer that says no: as the status of the answer, and to be shown.</summary>
internal static class Refusal
{
    /// <summary>A sign-in that was not made.</summary>
    public static ProblemDetails Refuse(this HttpContext context, SignInOutcome outcome)
    {
        if (outcome.Wait > TimeSpan.Zero)
        {
            context.Response.Headers.RetryAfter = ((long)Math.Ceiling(outcome.Wait.TotalSeconds)).ToString("D");
        }

        return context.Refuse(ApiProblem.Of(outcome));
    }

    /// <summary>A wish about people or tokens that was not fulfilled.</summary>
    public static ProblemDetails? Refuse(this HttpContext context, PeopleStatus status) =>
        status == PeopleStatus.Done ? null : context.Refuse(ApiProblem.Of(status));

    private static ProblemDetails Refuse(this HttpContext context, ProblemDetails problem)
    {
        context.Response.StatusCode = problem.Status ?? StatusCodes.Status400BadRequest;
        return problem;
    }
}
