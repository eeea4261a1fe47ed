namespace MicroFirmware.Dashboard.Live;

/// <summary>A page whose <c>&lt;main&gt;</c> is the same for everybody who may look, and holds no form: kept fresh by
/// many, it is made once a beat.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SharedPageAttribute : Attribute;
