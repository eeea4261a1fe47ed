namespace MicroFirmware.Gateway.Access;

/// <summary>What is kept of somebody's failures to sign in.</summary>
/// <param name="IsName">Whether the key is a user's name; an address otherwise.</param>
/// <param name="Key">Whose they are.</param>
/// <param name="Failures">How many; 0 where they are forgotten.</param>
/// <param name="LastMs">When the last one was, milliseconds since 1970 UTC.</param>
/// <param name="LockedUntilMs">From when on another attempt is let through, milliseconds since 1970 UTC.</param>
internal sealed record AttemptNote(bool IsName, string Key, int Failures, long LastMs, long LockedUntilMs);
