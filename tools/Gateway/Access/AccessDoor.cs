using System.Net;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Gateway.Owner;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Access;

/// <summary>
/// Where people come in and go out. Pages and <c>/v1/session</c> use it alike; it writes the cookie into the answer, so
/// it is called before that has begun: in a form's handler. Who is there is <c>AccessPass.Of(context.User)</c>.
/// </summary>
internal sealed class AccessDoor(
    Live<GatewayOptions> options,
    UserBook users,
    SessionBook sessions,
    LinkBook links,
    OwnerLink ownerLink,
    PasswordHash passwords,
    SignInBudget budget,
    FailureBudget failures,
    EventJournal journal,
    ILogger<AccessDoor> log)
{
    /// <summary>Whether there is an owner who can sign in; until then only the one-time link helps.</summary>
    public bool IsSetUp => users.HasOwner;

    /// <summary>Signs in with name and password.</summary>
    public async Task<SignInOutcome> SignInAsync(HttpContext context, string? name, string? password)
    {
        if (Refuse(context) is { } refusal)
        {
            return refusal;
        }

        if (!User.IsName(name) || password is not { Length: >= 1 and <= PasswordHash.MaxLength })
        {
            return SignInStatus.WrongNameOrPassword;
        }

        IPAddress address = AddressOf(context);
        TimeSpan wait = budget.Begin(name!, address);
        if (wait > TimeSpan.Zero)
        {
            return new SignInOutcome(SignInStatus.TooManyAttempts, wait);
        }

        User? user = users.Find(name!);
        bool? isRight = await passwords.IsRightAsync(user?.Password, password);
        if (isRight != true || user is null)
        {
            // Not the name: people type their password there.
            log.LogWarning("A sign-in from {Address} failed.", address);
            journal.Publish(EventKind.SignInFailed, "", $"Somebody at {address} could not sign in.");
            return isRight is null ? SignInStatus.Busy : SignInStatus.WrongNameOrPassword;
        }

        budget.Succeed(name!, address);
        if (!TryBegin(context, await RenewAsync(user, password)))
        {
            return SignInStatus.WrongNameOrPassword;
        }

        journal.Publish(EventKind.SignedIn, user.Name, $"{user.Name} signed in from {address}.");
        return SignInStatus.SignedIn;
    }

    /// <summary>What a one-time link is good for; null for nothing. It is not used up by looking.</summary>
    public AccessRole? Look(HttpContext context, string code)
    {
        IPAddress address = AddressOf(context);
        if (!failures.HasRoom(address))
        {
            return null;
        }

        AccessRole? role = ownerLink.IsGood(code) ? AccessRole.Owner : links.Look(code);
        if (role is null)
        {
            failures.Count(address);
        }

        return role;
    }

    /// <summary>
    /// Makes a sign-in by a one-time link, uses the link up, and signs in. The link of the gateway's console also gives
    /// an owner who is there already another password, and ends that owner's sessions.
    /// </summary>
    public async Task<SignInOutcome> WelcomeAsync(HttpContext context, string? code, string? name, string? password)
    {
        if (Refuse(context) is { } refusal)
        {
            return refusal;
        }

        if (Look(context, code ?? "") is not { } role)
        {
            return SignInStatus.LinkIsNoGood;
        }

        if (!User.IsName(name) || !PasswordHash.IsGood(password, name!))
        {
            return User.IsName(name) ? SignInStatus.BadPassword : SignInStatus.BadName;
        }

        User? known = users.Find(name!);
        bool isReset = known?.Role == AccessRole.Owner && ownerLink.IsGood(code!);
        if (known is not null && !isReset)
        {
            return SignInStatus.NameTaken;
        }

        if (await passwords.MakeAsync(password!) is not { } hash)
        {
            return SignInStatus.Busy;
        }

        if (!(ownerLink.TryUse(code!) || links.TryUse(code!)))
        {
            return SignInStatus.LinkIsNoGood;
        }

        // The link is used up: whatever has changed about the owner meanwhile, it gives this password.
        return isReset ? await ResetAsync(context, users.Find(known!.Id) ?? known, hash)
            : await AddAsync(context, name!, role, hash);
    }

    /// <summary>Gives whoever is signed in another password, and ends their other sessions.</summary>
    public async Task<SignInOutcome> ChangePasswordAsync(HttpContext context, string? current, string? fresh)
    {
        if (AccessPass.Of(context.User) is not { Kind: PassKind.Session } pass || users.Find(pass.User) is not { } user)
        {
            return SignInStatus.WrongNameOrPassword;
        }

        if (!PasswordHash.IsGood(fresh, user.Name))
        {
            return SignInStatus.BadPassword;
        }

        TimeSpan wait = budget.Begin(user.Name, AddressOf(context));
        if (wait > TimeSpan.Zero)
        {
            return new SignInOutcome(SignInStatus.TooManyAttempts, wait);
        }

        bool? isRight = await passwords.IsRightAsync(user.Password, current ?? "");
        if (isRight != true)
        {
            return isRight is null ? SignInStatus.Busy : SignInStatus.WrongNameOrPassword;
        }

        budget.Succeed(user.Name, AddressOf(context));
        return await passwords.MakeAsync(fresh!) is { } hash ? await ResetAsync(context, user, hash)
            : SignInStatus.Busy;
    }

    /// <summary>Signs out: this browser, or everywhere. Without a session it only takes the cookie back; from
    /// somebody else's page it does nothing.</summary>
    public void SignOut(HttpContext context, bool everywhere)
    {
        if (SameOrigin.IsDenied(context.Request))
        {
            return;
        }

        if (AccessPass.Of(context.User) is { Kind: PassKind.Session } pass)
        {
            if (everywhere)
            {
                sessions.EndAll(pass.User);
            }

            sessions.End(pass.Session);
            log.LogInformation("{User} signed out{Where}.", pass.Name, everywhere ? " everywhere" : "");
        }

        SessionCookie.Clear(context);
    }

    private async Task<SignInOutcome> AddAsync(HttpContext context, string name, AccessRole role, string hash)
    {
        (User? user, SignInStatus status) = await users.AddAsync(name, role, hash);
        if (user is not null)
        {
            log.LogInformation("{User} can sign in as {Role} from now on.", user.Name, user.Role);
            TryBegin(context, user);
        }

        return status;
    }

    private async Task<SignInOutcome> ResetAsync(HttpContext context, User user, string hash)
    {
        // The password changes first: who signs in with the old one meanwhile begins a session that is ended here.
        Task<User?> changing = users.SetPasswordAsync(user, hash);
        sessions.EndAll(user.Id);
        if (await changing is not { } changed)
        {
            return SignInStatus.StoreUnavailable;
        }

        budget.Succeed(user.Name, AddressOf(context));
        log.LogInformation("{User} has a new password, and was signed out everywhere else.", user.Name);
        return TryBegin(context, changed) ? SignInStatus.SignedIn : SignInStatus.WrongNameOrPassword;
    }

    private async Task<User> RenewAsync(User user, string password) =>
        passwords.IsOld(user.Password) && await passwords.MakeAsync(password) is { } hash
            ? await users.SetPasswordAsync(user, hash) ?? user
            : user;

    /// <summary>
    /// Always a new session: one that a browser brought, from wherever it had it, does not become somebody's.
    /// </summary>
    /// <returns>False when the user is no longer who was let in: is gone, or has another password.</returns>
    internal bool TryBegin(HttpContext context, User user)
    {
        if (sessions.Use(SessionCookie.Read(context.Request)) is { } before)
        {
            sessions.End(before.Id);
        }

        // Looked at when the session is there: whoever shuts the user out later ends the session too.
        string secret = sessions.Begin(user.Id);
        if (users.Find(user.Id) != user)
        {
            sessions.End(AccessSecret.DigestOf(secret));
            return false;
        }

        SessionCookie.Write(context, secret, options.Now.Access.SessionLife);
        log.LogInformation("{User} signed in from {Address}.", user.Name, AddressOf(context));
        return true;
    }

    private SignInOutcome? Refuse(HttpContext context) =>
        !context.Request.IsHttps && !IPAddress.IsLoopback(AddressOf(context)) && !options.Now.Tls.PlainText
            ? SignInStatus.NeedsTls
        : SameOrigin.IsDenied(context.Request) ? SignInStatus.CrossSite
        : null;

    private static IPAddress AddressOf(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;
}
