using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Owner;
using MicroFirmware.Gateway.Payouts;
using MicroFirmware.Gateway.Proofs;
using MicroFirmware.Gateway.Updates;
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

    /// <summary>A setting that does not fit.</summary>
    public static ProblemDetails BadSetting(Exception why) => Make(StatusCodes.Status400BadRequest, "bad-setting",
        why.Message);

    /// <summary>A setting that cannot be kept.</summary>
    public static ProblemDetails SettingNotKept(Exception why) => Make(StatusCodes.Status503ServiceUnavailable,
        "not-kept", $"Nothing was changed, because it cannot be kept: {why.Message}");

    /// <summary>An address, or a method at it, that is none of the API's.</summary>
    public static ProblemDetails NoSuchAddress(int status) => Make(status,
        status == StatusCodes.Status404NotFound ? "no-such-address" : "no-such-method",
        "The API has nothing here. /openapi/v1.json describes every address; where the gateway has pages, /api shows "
        + "them to people.");

    /// <summary>Something that nobody can do to boards.</summary>
    public static ProblemDetails BadDeed() => Make(StatusCodes.Status400BadRequest, "bad-deed",
        "Take identify (value: 1 to 3600 seconds), pause, resume, restart, duty (value: 1 to 100 percent), gateway "
        + "(text: host or host:http-port:mqtt-port), update, group (text: up to 40 characters), revoke or restore.");

    /// <summary>A run without boards, or with boards named in two ways.</summary>
    public static ProblemDetails BadChoice(int most) => Make(StatusCodes.Status400BadRequest, "bad-choice",
        $"Say which boards: 'devices', 1 to {most} ids, or 'where', as GET /v1/boards takes it ({{}} for all). "
        + "It has to be one of them, and find a board.");

    /// <summary>There is no such run.</summary>
    public static ProblemDetails NoSuchRun() => Make(StatusCodes.Status404NotFound, "no-such-run",
        $"No run of this number is known any more: the last {Boards.DeedBook.MaxRuns} are, until a restart. What was "
        + "sent stays sent.");

    /// <summary>There is no such join code.</summary>
    public static ProblemDetails NoSuchJoinCode() => Make(StatusCodes.Status404NotFound, "no-such-join-code",
        "No join code of this number is known any more: the last hundred are.");

    /// <summary>There is no such device.</summary>
    public static ProblemDetails NoSuchDevice() => Make(StatusCodes.Status404NotFound, "no-such-device",
        "No device of this id is registered.");

    /// <summary>A request whose sender is not known.</summary>
    public static ProblemDetails Of(AccessRefusal refusal) => refusal switch
    {
        AccessRefusal.NeedsTls => NeedsTls(),
        AccessRefusal.CrossSite => CrossSite(),
        AccessRefusal.TooManyFailures => Make(StatusCodes.Status429TooManyRequests, "too-many-failures",
            "Too many wrong tokens from this address: wait a minute."),
        _ => Make(StatusCodes.Status401Unauthorized, "bad-token",
            "Send 'Authorization: Bearer <token>': the owner token, an API token, or to enrol a board a join code. The "
            + "owner token was shown at the gateway's first start; who lost it removes owner.token from its data "
            + "directory and starts it again."),
    };

    /// <summary>A request whose sender may do other things, but not this.</summary>
    public static ProblemDetails MissingScope(IReadOnlyList<string> anyOf) => Make(StatusCodes.Status403Forbidden,
        "missing-scope", anyOf.Count > 0
            ? $"This needs the scope '{anyOf[0]}', which your sign-in, token or code does not have: ask the owner."
            : "This needs a scope that your sign-in, token or code does not have: ask the owner.");

    /// <summary>A sign-in that was not made.</summary>
    public static ProblemDetails Of(SignInOutcome result) => result.Status switch
    {
        SignInStatus.NeedsTls => NeedsTls(),
        SignInStatus.CrossSite => CrossSite(),
        SignInStatus.TooManyAttempts => Make(StatusCodes.Status429TooManyRequests, "too-many-attempts",
            $"Too many wrong passwords: try again in {WaitText(result.Wait)}. A link from 'micro sign-in' on the "
            + "gateway's machine lets an owner in at once."),
        SignInStatus.LinkIsNoGood => Make(StatusCodes.Status403Forbidden, "link-is-no-good",
            "This link was used already, is over, or is not whole: ask the owner for another. The owner gets one from "
            + "'micro sign-in' on the gateway's machine."),
        SignInStatus.BadName => Make(StatusCodes.Status400BadRequest, "bad-name",
            $"A name is 1 to {User.NameMaxLength} letters, digits, dots, dashes and underscores."),
        SignInStatus.BadPassword => Make(StatusCodes.Status400BadRequest, "bad-password",
            $"A password has {PasswordHash.MinLength} to {PasswordHash.MaxLength} characters, not all the same few, "
            + "and does not contain the name: three or four words are good."),
        SignInStatus.NameTaken => Make(StatusCodes.Status409Conflict, "name-taken",
            "Somebody has this name: choose another."),
        SignInStatus.TooManyUsers => Make(StatusCodes.Status409Conflict, "too-many-users",
            $"The gateway knows {UserBook.MaxUsers} people, and no more: remove one first."),
        SignInStatus.Busy or SignInStatus.StoreUnavailable => Busy(),
        _ => Make(StatusCodes.Status401Unauthorized, "wrong-name-or-password", "Name or password is wrong."),
    };

    /// <summary>A wish about people and tokens that was not fulfilled.</summary>
    public static ProblemDetails Of(PeopleStatus status) => status switch
    {
        PeopleStatus.Unknown => Make(StatusCodes.Status404NotFound, "unknown", "There is none of this name or number."),
        PeopleStatus.LastOwner => Make(StatusCodes.Status409Conflict, "last-owner",
            "The last owner stays: invite another first."),
        PeopleStatus.MoreThanOneHas => Make(StatusCodes.Status403Forbidden, "more-than-one-has",
            "Nobody gives to others, or takes from them, what they may not do themselves: ask the owner."),
        PeopleStatus.BadToken => Make(StatusCodes.Status400BadRequest, "bad-token-wish",
            $"A token has a name of 1 to {ApiToken.NameMaxLength} characters, at least one scope of "
            + $"{string.Join(", ", AccessScope.All)}, and 1 to {PeopleDesk.MaxTokenDays} days, or no end."),
        _ => Make(StatusCodes.Status503ServiceUnavailable, "no-room",
            "There are too many already, or the gateway cannot store anything now: see /healthz."),
    };

    /// <summary>An enrolment that was not made.</summary>
    public static ProblemDetails Of(EnrolResult result) => result switch
    {
        EnrolResult.InvalidId => Make(StatusCodes.Status400BadRequest, "invalid-id",
            "A device id is 1 to 32 characters of a-z 0-9 -."),
        EnrolResult.InvalidKey => Make(StatusCodes.Status400BadRequest, "invalid-key",
            "A key is 64 lower-case hexadecimal digits."),
        EnrolResult.KeyDiffers => Make(StatusCodes.Status409Conflict, "key-differs",
            "Another board has this id: choose another id, or replace that board ('replace': true)."),
        EnrolResult.Revoked => Make(StatusCodes.Status409Conflict, "revoked",
            "This key was revoked: give the board a new one."),
        EnrolResult.TooManyDevices => Make(StatusCodes.Status503ServiceUnavailable, "too-many-devices",
            "The gateway takes no further device: raise Devices:MaxDevices."),
        _ => Make(StatusCodes.Status503ServiceUnavailable, "busy",
            "The gateway cannot store anything now: see /healthz, and try again."),
    };

    /// <summary>An order that was not given.</summary>
    public static ProblemDetails Of(OrderResult result) => result switch
    {
        OrderResult.NoSuchDevice => NoSuchDevice(),
        OrderResult.TakesNone => Make(StatusCodes.Status409Conflict, "takes-no-orders",
            "This is a Stratum miner, and Stratum knows no orders: use its own settings."),
        OrderResult.Offline => Make(StatusCodes.Status409Conflict, "offline",
            "The board is not connected; orders are not kept for later. Try again when it is."),
        _ => Make(StatusCodes.Status503ServiceUnavailable, "busy",
            "The gateway cannot store anything now: see /healthz, and try again."),
    };

    /// <summary>A command that boards do not know, or with the wrong argument.</summary>
    public static ProblemDetails BadCommand() => Make(StatusCodes.Status400BadRequest, "bad-command",
        "Take pause, resume, restart, identify (value: 1 to 3600 seconds), duty (value: 1 to 100 percent), "
        + "gateway (text: host or host:http-port:mqtt-port) or update (value: a release, 0 for the latest).");

    /// <summary>As many listen to events as may.</summary>
    public static ProblemDetails TooManyListeners() => Make(StatusCodes.Status503ServiceUnavailable,
        "too-many-listeners", "Too many listen to events: close some of them, or ask for pages.");

    /// <summary>There is no such account.</summary>
    public static ProblemDetails NoSuchAccount() => Make(StatusCodes.Status404NotFound, "no-such-account",
        "Nothing was ever booked on an account of this name.");

    /// <summary>A payout, or a target, that was not taken.</summary>
    public static ProblemDetails Of(PayoutFault fault, string detail) => fault switch
    {
        PayoutFault.NoNode => Make(StatusCodes.Status409Conflict, "no-node",
            "The gateway has no Lightning node: set Payouts:Kind, Url and CredentialFile."),
        PayoutFault.NoSuchAccount => Make(StatusCodes.Status404NotFound, "no-such-account",
            "Nothing can be paid out of an account of this name."),
        PayoutFault.NoTarget => Make(StatusCodes.Status409Conflict, "no-target",
            $"The account has no payout target, and none was named: give {PayoutTarget.Forms}."),
        PayoutFault.BadTarget => Make(StatusCodes.Status400BadRequest, "bad-target", detail),
        PayoutFault.AnotherOpen => Make(StatusCodes.Status409Conflict, "payout-open",
            "Another payout of this account has not come to its end: wait for it, or approve or reject it."),
        PayoutFault.NotPayable => Make(StatusCodes.Status409Conflict, "not-payable", detail),
        PayoutFault.PracticeCoins => Make(StatusCodes.Status409Conflict, "practice-coins",
            detail),
        PayoutFault.NotWaiting => Make(StatusCodes.Status409Conflict, "not-waiting",
            "No payout of this number waits for approval."),
        _ => Make(StatusCodes.Status503ServiceUnavailable, "busy",
            "The gateway cannot store anything now: see /healthz, and try again."),
    };

    /// <summary>There is no such payout.</summary>
    public static ProblemDetails NoSuchPayout() => Make(StatusCodes.Status404NotFound, "no-such-payout",
        "No payout has this number.");

    /// <summary>A target's proof that does not hold.</summary>
    public static ProblemDetails Of(ProofResult result) => result switch
    {
        ProofResult.Malformed => Make(StatusCodes.Status401Unauthorized, "bad-credential",
            "Send 'Authorization: Micro <device>:<counter, 16 hex digits>:<threshold msat, 16 hex digits>:"
            + "<mac, 64 hex digits>'."),
        ProofResult.Replayed => Make(StatusCodes.Status409Conflict, "counter-replayed",
            "The counter is not greater than the last one: sign again with a greater one."),
        ProofResult.Busy => Make(StatusCodes.Status503ServiceUnavailable, "busy",
            "The gateway cannot store anything now: try again with a greater counter."),
        _ => Make(StatusCodes.Status401Unauthorized, "bad-mac",
            "The code was not made with this device's key for this target: sign payee 'target:' and the target, method "
            + "and path as sent."),
    };

    /// <summary>No update is offered, or not this one.</summary>
    public static ProblemDetails NoSuchUpdate() => Make(StatusCodes.Status404NotFound, "no-such-update",
        "No update of this release, or no such chunk of it, is offered.");

    /// <summary>A package that is not offered.</summary>
    public static ProblemDetails Of(PublishResult result) => result switch
    {
        PublishResult.OldRelease => Make(StatusCodes.Status409Conflict, "old-release",
            "The release has to be greater than the one that is offered: pack it again with a greater number."),
        _ => Make(StatusCodes.Status400BadRequest, "no-package",
            "This is no update package, or not whole: make it with micro update pack."),
    };

    private static ProblemDetails NeedsTls() => Make(StatusCodes.Status403Forbidden, "needs-tls",
        "Others could read the secret on its way: come by TLS (Http:TlsPort), or the owner says Tls:PlainText=true.");

    private static ProblemDetails CrossSite() => Make(StatusCodes.Status403Forbidden, "cross-site",
        "A browser's sign-in counts for the gateway's own pages only; programs send an API token.");

    /// <summary>Nothing can be stored at the moment.</summary>
    public static ProblemDetails Busy() => Make(StatusCodes.Status503ServiceUnavailable, "busy",
        "The gateway cannot answer now: see /healthz, and try again.");

    /// <summary>Rounded up, so that who waits it out gets in.</summary>
    private static string WaitText(TimeSpan wait) => wait > TimeSpan.FromMinutes(1)
        ? $"{Math.Ceiling(wait.TotalMinutes):0} minutes"
        : $"{Math.Ceiling(wait.TotalSeconds):0} seconds";

    /// <summary>Something that is no proof.</summary>
    public static ProblemDetails BadProof(string mistake) =>
        Make(StatusCodes.Status400BadRequest, "bad-proof", mistake + " Nothing was charged.");

    /// <summary>A proof that nobody can check now.</summary>
    public static ProblemDetails TooFewBoards() => Make(StatusCodes.Status503ServiceUnavailable, "too-few-boards",
        "Too few boards are there to check a proof, or too many proofs are being checked. Nothing was charged: ask "
        + "again later. GET /v1/proofs says how many there are.");

    /// <summary>A proof about which too few boards agreed in time.</summary>
    public static ProblemDetails NoDecision() => Make(StatusCodes.Status503ServiceUnavailable, "no-decision",
        "Too few boards found the same in time. A balance was given back; a token is good for another request.");

    /// <summary>A decision whose fee could not be booked.</summary>
    public static ProblemDetails Unstored() => Make(StatusCodes.Status503ServiceUnavailable, "busy",
        "The fee cannot be booked now, so there is no attestation. A balance is given back when the gateway starts "
        + "again; a token is good for another request.");

    /// <summary>A payment that buys no proof any more, or not twice at a time.</summary>
    public static ProblemDetails Of(ProofFeeState state) => state == ProofFeeState.Spent
        ? Make(StatusCodes.Status402PaymentRequired, "used-up",
            "The payment has bought a proof already: pay for another.")
        : Make(StatusCodes.Status409Conflict, "under-way",
            "Another request with the same payment is being answered: wait for it.");

    private static ProblemDetails Make(int status, string reason, string detail) => new()
    {
        Type = $"urn:microfirmware:problem:{reason}",
        Title = reason,
        Status = status,
        Detail = detail,
    };
}
