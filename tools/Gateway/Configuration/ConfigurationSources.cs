namespace MicroFirmware.Gateway.Configuration;

/// <summary>What options were read from, so that they can be read again with something changed.</summary>
/// <param name="Args">The command line.</param>
/// <param name="Directory">Where <c>appsettings.json</c> may lie.</param>
internal sealed record ConfigurationSources(string[] Args, string Directory);
