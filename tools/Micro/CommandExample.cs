namespace MicroFirmware.Micro;

/// <summary>One line of <c>--help</c>.</summary>
/// <param name="CommandLine">What to type after <c>micro</c>.</param>
/// <param name="Meaning">What it does, in a few words.</param>
internal sealed record CommandExample(string CommandLine, string Meaning);
