namespace MicroFirmware.Gateway.Upstreams;

/// <summary>What a test of an upstream found, in plain words.</summary>
/// <param name="Works">The gateway could work with it.</param>
/// <param name="Summary">One sentence: what works, or what is wrong.</param>
/// <param name="Details">A topic and what there is to say of it, the most important first.</param>
public sealed record UpstreamFindings(
    bool Works, string Summary, IReadOnlyList<(string Topic, string Finding)> Details);
