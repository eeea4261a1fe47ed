namespace MicroFirmware.Bitcoin;

/// <summary>What a coin's node is asked with for a template.</summary>
/// <param name="Rules">Rules that the client knows (BIP 9); a node with segwit insists on <c>segwit</c>.</param>
/// <param name="Parameters">Positional parameters after the template request.</param>
public sealed record TemplateRequest(IReadOnlyList<string> Rules, IReadOnlyList<string> Parameters);
