using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MicroFirmware.Style.Tests.Source;

/// <summary>Time and randomness are injected, tests wait for signals, the chip's exceptions carry no text.</summary>
internal static class CallRules
{
    private static readonly string[] s_clocks = ["DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now",
        "DateTimeOffset.UtcNow", "DateTime.Today"];

    private static readonly string[] s_sleeps = ["Thread.Sleep", "Task.Delay"];

    /// <summary>Device is the one place whose clock is the chip's.</summary>
    public static IEnumerable<Finding> Clock(SourceFile file) =>
        file.In("firmware/Device") ? [] : Members(file, s_clocks, "take a TimeProvider (firmware: a clock port)");

    /// <summary>Benchmarks may let time pass: nothing is decided by it.</summary>
    public static IEnumerable<Finding> Sleep(SourceFile file) =>
        (file.In("tests") && !file.In("tests/bench")) || file.In("firmware/Mining") || file.In("firmware/Protocol")
            ? Members(file, s_sleeps, "wait for a signal or step the clock")
            : [];

    public static IEnumerable<Finding> UnseededRandom(SourceFile file)
    {
        IEnumerable<Finding> created =
            from creation in file.Unit.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()
            where CreatedType(creation) is "Random" or "System.Random"
            where creation.ArgumentList is not { Arguments.Count: > 0 }
            select file.Finding(creation, "an unseeded Random cannot be replayed: give it a seed");
        return created.Concat(Members(file, ["Random.Shared"], "cannot be replayed: inject a seeded Random"));
    }

    public static IEnumerable<Finding> ExceptionText(SourceFile file) =>
        from thrown in file.Unit.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
        where file.In("firmware") && thrown.Type.ToString().EndsWith("Exception", StringComparison.Ordinal)
        where thrown.ArgumentList is { Arguments.Count: > 0 }
        select file.Finding(thrown, "the chip shows no message text: throw without");

    private static IEnumerable<Finding> Members(SourceFile file, string[] banned, string instead) =>
        from access in file.Unit.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        let name = access.ToString()
        from member in banned
        where name == member || name.EndsWith("." + member, StringComparison.Ordinal)
        select file.Finding(access, $"{member}: {instead}");

    private static string CreatedType(BaseObjectCreationExpressionSyntax creation) => creation switch
    {
        ObjectCreationExpressionSyntax named => named.Type.ToString(),
        { Parent: EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax v } } => v.Type.ToString(),
        { Parent: EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax p } } => p.Type.ToString(),
        _ => "",
    };
}
