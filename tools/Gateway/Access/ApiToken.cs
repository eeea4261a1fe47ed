namespace MicroFirmware.Gateway.Access;

/// <summary>A credential for programs.</summary>
/// <param name="id">Its number.</param>
/// <param name="name">What its maker calls it.</param>
/// <param name="scopes">What it may do.</param>
/// <param name="user">Who made it; 0 for the holder of the owner token.</param>
/// <param name="createdMs">Milliseconds since 1970 UTC.</param>
/// <param name="endMs">From when on it is no longer good; <see cref="long.MaxValue"/> for never.</param>
internal sealed class ApiToken(
    long id, string name, IReadOnlyList<string> scopes, long user, long createdMs, long endMs)
{
    /// <summary>Characters of a name, at most.</summary>
    public const int NameMaxLength = 64;

    public long Id => id;

    public string Name => name;

    public IReadOnlyList<string> Scopes => scopes;

    public long User => user;

    public long CreatedMs => createdMs;

    public long EndMs => endMs;

    /// <summary>When it was used last, milliseconds since 1970 UTC; 0 for never.</summary>
    public long UsedMs { get; set; }

    /// <summary>Which <see cref="UsedMs"/> the store knows.</summary>
    public long StoredMs { get; set; }
}
