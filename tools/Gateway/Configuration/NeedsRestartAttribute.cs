namespace MicroFirmware.Gateway.Configuration;

/// <summary>
/// A setting whose change waits for the next start. Every other setting counts at once: this attribute is the one place
/// that says otherwise, to the pages and the API too.
/// </summary>
/// <param name="why">Why, as the end of a sentence: <c>the door is opened once, at the start</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NeedsRestartAttribute(string why) : Attribute
{
    /// <summary>Why, as the end of a sentence.</summary>
    public string Why => why;
}
