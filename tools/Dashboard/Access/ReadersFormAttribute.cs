namespace MicroFirmware.Dashboard.Access;

/// <summary>Stands at a page whose forms are for everybody who may open it, as one's own password is.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ReadersFormAttribute : Attribute;
