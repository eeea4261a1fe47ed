namespace MicroFirmware.Gateway.Configuration;

/// <summary>The configuration cannot be used. The message has one line per problem: key, value, what to do.</summary>
public sealed class ConfigurationException(string message) : Exception(message);
