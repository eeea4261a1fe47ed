namespace MicroFirmware.Gateway.Access;

/// <summary>An API token, without its secret.</summary>
/// <param name="Id">Its number, to revoke it by.</param>
/// <param name="Name">What its maker calls it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Maker">The user who made it; null for the holder of the owner token.</param>
/// <param name="Created">When.</param>
/// <param name="Used">When it was used last; null for never.</param>
/// <param name="End">From when on it is no longer good; null for never.</param>
internal sealed record TokenReport(
    long Id, string Name, IReadOnlyList<string> Scopes, string? Maker, DateTimeOffset Created, DateTimeOffset? Used,
    DateTimeOffset? End);
