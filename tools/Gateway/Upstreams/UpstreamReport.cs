namespace MicroFirmware.Gateway.Upstreams;

/// <summary>How one upstream fares.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Active">The gateway's work comes from it.</param>
/// <param name="Healthy">It has work, and the other side lives.</param>
/// <param name="Height">Height of the block that its work is for; null while it has none.</param>
/// <param name="Problem">What went wrong last, as a sentence; null where nothing is wrong.</param>
/// <param name="Pool">What a pool adds; null for others.</param>
/// <param name="Leaving">It was taken out of the list, and is there for what was found on its work only; where it is
/// active, until another one has work.</param>
public sealed record UpstreamReport(
    string Name, bool Active, bool Healthy, int? Height, string? Problem, PoolReport? Pool, bool Leaving = false);
