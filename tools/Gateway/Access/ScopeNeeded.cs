namespace MicroFirmware.Gateway.Access;

/// <summary>Stands at a route: which scopes let one in, any of them.</summary>
/// <param name="AnyOf">Names of <see cref="AccessScope"/>.</param>
internal sealed record ScopeNeeded(params string[] AnyOf);
