namespace MicroFirmware.Gateway.Access;

/// <summary>A one-time link by which somebody makes their own sign-in.</summary>
/// <param name="Role">What they become.</param>
/// <param name="User">Who invited them; 0 for the holder of the owner token.</param>
/// <param name="EndMs">From when on it is no longer good, milliseconds since 1970 UTC.</param>
internal sealed record Invitation(AccessRole Role, long User, long EndMs);
