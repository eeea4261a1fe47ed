namespace MicroFirmware.Dashboard.Access;

/// <summary>Names of what a page asks of its reader. Every page asks for <see cref="View"/> by itself.</summary>
public static class Policies
{
    /// <summary>May look.</summary>
    public const string View = "dashboard.view";

    /// <summary>May change something: every form needs it, whatever its page needs.</summary>
    public const string Own = "dashboard.own";
}
