namespace MicroFirmware.Style.Tests;

/// <summary>One place where a rule is broken; printed as compilers do.</summary>
internal sealed record Finding(string Path, int Line, string Message)
{
    public override string ToString() => $"{Path}({Line}): {Message}";

    /// <summary>Fails with one finding a line, so that all of them can be mended in one go.</summary>
    public static void AssertNone(IEnumerable<Finding> findings)
    {
        string report = string.Join('\n', findings);
        Assert.True(report.Length == 0, "\n" + report);
    }
}
