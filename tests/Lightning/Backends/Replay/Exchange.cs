namespace MicroFirmware.Lightning.Tests.Backends.Replay;

/// <summary>One request that a node must get, and what it answers.</summary>
/// <param name="Request">First line: method and path. Then headers, then the body.</param>
/// <param name="Answer">First line: a status, with <c>open</c> where the stream stays open after it; or <c>drop</c>
/// (the connection breaks), <c>hang</c> (nothing ever comes), <c>cut 200</c> (it breaks half-way). Then the body.
/// </param>
internal sealed record Exchange(IReadOnlyList<string> Request, IReadOnlyList<string> Answer);
