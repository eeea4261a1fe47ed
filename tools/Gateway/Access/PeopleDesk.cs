using MicroFirmware.Gateway.Trust;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Access;

/// <summary>
/// Lets people and programs in, and shuts them out; for who has <see cref="AccessScope.People"/>. Nobody gives away
/// more than they have.
/// </summary>
internal sealed class PeopleDesk(
    UserBook users, SessionBook sessions, TokenBook tokens, LinkBook links, ILogger<PeopleDesk> log)
{
    /// <summary>A program's credential lives a year at most, if it ends at all.</summary>
    public const int MaxTokenDays = 365;

    /// <summary>Everybody who may sign in.</summary>
    public IReadOnlyList<UserReport> Users() => [.. users.All().Select(user => new UserReport(
        user.Name, user.Role, At(user.CreatedMs), sessions.Count(user.Id)))];

    /// <summary>Every API token, without its secret.</summary>
    public IReadOnlyList<TokenReport> Tokens() => [.. tokens.All().Select(Report)];

    /// <summary>Makes a one-time link by which somebody makes their own sign-in.</summary>
    /// <param name="maker">Who invites.</param>
    /// <param name="role">What the invited become; an owner only by who may do everything.</param>
    public async Task<(PeopleStatus Status, string Code, DateTimeOffset End)> InviteAsync(
        AccessPass maker, AccessRole role)
    {
        if (!AccessScope.Of(role).All(maker.Has))
        {
            return (PeopleStatus.MoreThanOneHas, "", default);
        }

        if (await links.CreateAsync(role, maker.User) is not { } link)
        {
            return (PeopleStatus.NoRoom, "", default);
        }

        if (IsGone(maker))
        {
            links.DropOf(maker.User);
            return (PeopleStatus.MoreThanOneHas, "", default);
        }

        log.LogInformation("{Maker} made a one-time link for a new {Role}.", maker.Name, role);
        return (PeopleStatus.Done, link.Code, link.End);
    }

    /// <summary>Removes a user with their sessions, tokens and open invitations; the last owner stays.</summary>
    /// <param name="maker">Who removes; an owner is removed only by who may do everything.</param>
    /// <param name="name">Whom.</param>
    public async Task<PeopleStatus> RemoveAsync(AccessPass maker, string name)
    {
        if (users.Find(name) is not { } user)
        {
            return PeopleStatus.Unknown;
        }

        if (!AccessScope.Of(user.Role).All(maker.Has))
        {
            return PeopleStatus.MoreThanOneHas;
        }

        RemoveResult result = await users.RemoveAsync(name);
        if (result != RemoveResult.Removed)
        {
            return result == RemoveResult.LastOwner ? PeopleStatus.LastOwner : PeopleStatus.Unknown;
        }

        sessions.EndAll(user.Id);
        links.DropOf(user.Id);
        await tokens.RevokeAsync(token => token.User == user.Id);
        log.LogInformation("{Maker} removed {User}.", maker.Name, user.Name);
        return PeopleStatus.Done;
    }

    /// <summary>Ends all of a user's sessions.</summary>
    public PeopleStatus SignOutEverywhere(AccessPass maker, string name)
    {
        if (users.Find(name) is not { } user)
        {
            return PeopleStatus.Unknown;
        }

        sessions.EndAll(user.Id);
        log.LogInformation("{Maker} signed {User} out everywhere.", maker.Name, user.Name);
        return PeopleStatus.Done;
    }

    /// <summary>Makes an API token.</summary>
    /// <param name="maker">Who makes it.</param>
    /// <param name="name">1 to 64 characters.</param>
    /// <param name="scopes">Names of <see cref="AccessScope"/>, at least one.</param>
    /// <param name="days">1 to 365; null for one that does not end.</param>
    /// <returns>The code is to be shown once.</returns>
    public async Task<(PeopleStatus Status, AccessCode? Code, TokenReport? Token)> CreateTokenAsync(
        AccessPass maker, string? name, IReadOnlyList<string>? scopes, int? days)
    {
        string[] wanted = [.. AccessScope.All.Where(scope => scopes?.Contains(scope) == true)];
        bool isName = name is { Length: >= 1 and <= ApiToken.NameMaxLength } && !name.Any(char.IsControl);
        if (!isName || days is < 1 or > MaxTokenDays || wanted.Length == 0 || wanted.Length != scopes!.Count)
        {
            return (PeopleStatus.BadToken, null, null);
        }

        if (!wanted.All(maker.Has))
        {
            return (PeopleStatus.MoreThanOneHas, null, null);
        }

        TimeSpan? life = days is { } count ? TimeSpan.FromDays(count) : null;
        if (await tokens.CreateAsync(name!, wanted, maker.User, life) is not { } made)
        {
            return (PeopleStatus.NoRoom, null, null);
        }

        if (IsGone(maker))
        {
            await tokens.RevokeAsync(token => token.User == maker.User);
            return (PeopleStatus.MoreThanOneHas, null, null);
        }

        log.LogInformation("{Maker} made the API token '{Token}' for {Scopes}.", maker.Name, name, wanted);
        return (PeopleStatus.Done, made.Code, Report(made.Token));
    }

    /// <summary>Revokes an API token.</summary>
    /// <param name="maker">Who revokes.</param>
    /// <param name="id">The token's number.</param>
    public async Task<PeopleStatus> RevokeTokenAsync(AccessPass maker, long id)
    {
        if (!await tokens.RevokeAsync(token => token.Id == id))
        {
            return PeopleStatus.Unknown;
        }

        log.LogInformation("{Maker} revoked API token {Id}.", maker.Name, id);
        return PeopleStatus.Done;
    }

    /// <summary>Whether a user was removed while the request was under way: asked when what they made is there, so
    /// that it is found here, or by whoever removes them.</summary>
    private bool IsGone(AccessPass maker) => maker.User != 0 && users.Find(maker.User) is null;

    private TokenReport Report(ApiToken token) => new(
        token.Id,
        token.Name,
        token.Scopes,
        users.Find(token.User)?.Name,
        At(token.CreatedMs),
        token.UsedMs == 0 ? null : At(token.UsedMs),
        token.EndMs == long.MaxValue ? null : At(token.EndMs));

    private static DateTimeOffset At(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(unixMs);
}
