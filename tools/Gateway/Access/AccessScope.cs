namespace MicroFirmware.Gateway.Access;

/// <summary>
/// What a credential may do. Each is also the name of an authorization policy: a page says
/// <c>[Authorize(Policy = AccessScope.Money)]</c>, a route <c>.Needs(AccessScope.Money)</c>. None includes another.
/// </summary>
public static class AccessScope
{
    /// <summary>See everything that is no secret: boards, shares, balances, events, settings.</summary>
    public const string Read = "read";

    /// <summary>Enrol, command, update and revoke boards.</summary>
    public const string Boards = "boards";

    /// <summary>Pay out, and say where to.</summary>
    public const string Money = "money";

    /// <summary>Change upstreams and settings.</summary>
    public const string Settings = "settings";

    /// <summary>Invite and remove people, make and revoke tokens.</summary>
    public const string People = "people";

    /// <summary>What the owner may do.</summary>
    public static IReadOnlyList<string> All { get; } = [Read, Boards, Money, Settings, People];

    /// <summary>What a viewer may do.</summary>
    public static IReadOnlyList<string> Viewing { get; } = [Read];

    /// <summary>Enrol one board; only join codes have it.</summary>
    internal const string Join = "join";

    /// <summary>The policy of a route that takes a join code too.</summary>
    internal const string BoardsOrJoin = "boards-or-join";

    /// <summary>What somebody of a role may do.</summary>
    internal static IReadOnlyList<string> Of(AccessRole role) => role == AccessRole.Owner ? All : Viewing;
}
