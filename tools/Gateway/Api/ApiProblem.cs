using MicroFirmware.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace MicroFirmware.Gateway.Api;

/// <summary>
/// Makes every error answer: one problem (RFC 9457) per reason, with a sentence that says what to do.
/// </summary>
internal static class ApiProblem
{
    /// <summary>The problem of a refused work request.</summary>
    public static ProblemDetails Of(RefusalCode code) => code switch
    {
        RefusalCode.UnknownDevice => Make(StatusCodes.Status401Unauthorized, "unknown-device",
            "The gateway does not know this device: enrol it first."),
        RefusalCode.BadMac => Make(StatusCodes.Status401Unauthorized, "bad-mac",
            "The code was not made with this device's key: give the device the key it was enrolled with."),
        RefusalCode.CounterReplayed => Make(StatusCodes.Status409Conflict, "counter-replayed",
            "The counter is not greater than the last one accepted: go on above the floor in Micro-Refusal."),
        RefusalCode.NoWork => Make(StatusCodes.Status503ServiceUnavailable, "no-work",
            "There is no job at the moment: ask again later."),
        RefusalCode.Revoked => Make(StatusCodes.Status403Forbidden, "revoked",
            "The owner revoked this device."),
        _ => Make(StatusCodes.Status503ServiceUnavailable, "busy",
            "The gateway cannot answer now: ask again later."),
    };

    /// <summary>No credential, or one that is not of the form the protocol gives it.</summary>
    public static ProblemDetails BadCredential() => Make(StatusCodes.Status401Unauthorized, "bad-credential",
        "Send 'Authorization: Micro <device>:<counter, 16 hex digits>:<mac, 64 hex digits>'.");

    /// <summary>A parameter is out of range.</summary>
    public static ProblemDetails BadParameter(string name, string range) => Make(StatusCodes.Status400BadRequest,
        "bad-parameter", $"'{name}' is out of range; take {range}.");

    /// <summary>There is no such device.</summary>
    public static ProblemDetails NoSuchDevice() => Make(StatusCodes.Status404NotFound, "no-such-device",
        "No device of this id is registered.");

    private static ProblemDetails Make(int status, string reason, string detail) => new()
    {
        Type = $"urn:microfirmware:problem:{reason}",
        Title = reason,
        Status = status,
        Detail = detail,
    };
}
