namespace MicroFirmware.Gateway.Access;

/// <summary>A browser that has signed in.</summary>
/// <param name="id">The SHA-256 of its secret, hexadecimal.</param>
/// <param name="user">Whose it is.</param>
/// <param name="createdMs">When it began, milliseconds since 1970 UTC.</param>
internal sealed class Session(string id, long user, long createdMs)
{
    public string Id => id;

    public long User => user;

    public long CreatedMs { get; } = createdMs;

    /// <summary>When it was used last, milliseconds since 1970 UTC.</summary>
    public long UsedMs { get; set; } = createdMs;

    /// <summary>Which <see cref="UsedMs"/> the store knows.</summary>
    public long StoredMs { get; set; } = createdMs;
}
