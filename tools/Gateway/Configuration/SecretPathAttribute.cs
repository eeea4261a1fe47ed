namespace MicroFirmware.Gateway.Configuration;

/// <summary>An address whose path and query may be a secret: shown is its scheme and host alone.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretPathAttribute : Attribute;
