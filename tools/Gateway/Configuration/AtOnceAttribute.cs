namespace MicroFirmware.Gateway.Configuration;

/// <summary>A setting whose change counts without a restart: whoever needs it reads it each time.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AtOnceAttribute : Attribute;
