namespace MicroFirmware.Style.Tests.Source;

/// <summary>Every rule finds what it is there to find, and leaves its neighbour alone.</summary>
public class SourceRuleProofs
{
    private const string Tool = "tools/Gateway/Sample.cs";
    private const string Test = "tests/Gateway/SampleTests.cs";
    private const string Chip = "firmware/Mining/Sample.cs";

    /// <summary>Rule, path, a text that breaks it, a text that just does not.</summary>
    public static TheoryData<string, string, string, string> Samples => new()
    {
        { "MethodLength", Tool, Method(71), Method(70) },
        { "MethodLength", Tool, Method(71), SourceFile.SizeExemption + "a table of constants\n" + Method(71) },
        { "EmptyWords", Tool, "class ShareManager { }", "class ShareStore { }" },
        { "EmptyWords", Tool, "static class HexUtils { }", "static class Hex { }" },
        { "OnePublicTypeAFile", Tool, "public class Sample; public class B;", "public class Sample; class B;" },
        { "OnePublicTypeAFile", Tool, "public class Other { }", "public class Sample { }" },
        { "NamespaceIsFolder", Tool, "namespace MicroFirmware.Ledger;", "namespace MicroFirmware.Gateway.Jobs;" },
        { "NamespaceIsFolder", Tool, "namespace MicroFirmware.Gateway { }", "namespace MicroFirmware.Gateway;" },
        { "NamespaceIsFolder", Chip, "namespace MicroFirmware.Mining;", "namespace MicroFirmware.Mining { }" },
        { "FieldPrefix", Tool, "class A { int count; }", "class A { int _count; public int B; const int C = 1; }" },
        { "FieldPrefix", Tool, "class A { static int _count; }", "class A { static readonly int s_count; }" },
        { "FieldPrefix", Tool, "class A { [ThreadStatic] static int _a; }",
            "class A { [ThreadStatic] static int t_a; }" },
        { "TestName", Test, "class A { [Fact] void Works() { } }", "class A { [Fact] void Share_twice_isOne() { } }" },
        { "Clock", Tool, "var t = DateTime.UtcNow;", "var t = time.GetUtcNow();" },
        { "Clock", Test, "var t = System.DateTimeOffset.Now;", "var t = item.Now;" },
        { "Clock", Chip, "var t = DateTime.UtcNow;", "var t = DateTime.UnixEpoch;" },
        { "Sleep", Test, "Thread.Sleep(1);", "signal.WaitOne();" },
        { "Sleep", Test, "await Task.Delay(1);", "await Task.Yield();" },
        { "Sleep", Chip, "Thread.Sleep(1);", "board.Sleep(1);" },
        { "UnseededRandom", Test, "var r = new Random();", "var r = new Random(seed);" },
        { "UnseededRandom", Tool, "Random r = new();", "Random r = new(7);" },
        { "UnseededRandom", Tool, "int i = Random.Shared.Next();", "int i = random.Next();" },
        { "ExceptionText", Chip, "throw new ArgumentException(\"key\");", "throw new ArgumentException();" },
        { "Notebook", Tool, "// " + "TODO tidy", "// tidied" },
        { "Ticket", Tool, "// see " + "issue 12", "// BIP 320, RFC 1055" },
        { "DeadCode", Tool, "// count = 3;", "// The count follows; it is odd." },
        { "DeadCode", Tool, "// Publish(share);", "// Publish(share) has no answer." },
        { "DeadCode", Tool, "// if (count > 3) {", "// if the count is above 3" },
        { "LineLength", Tool, new string('x', 121), new string('x', 120) },
        { "FileLength", Tool, new string('\n', 501), new string('\n', 500) },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Rule_on_a_sample_that_breaks_it_finds_it(string rule, string path, string bad, string good)
    {
        SourceRules.Rule check = SourceRules.OfText.GetValueOrDefault(rule) ?? SourceRules.OfCSharp[rule];

        Assert.Single(check(new SourceFile(path, bad)));
        Assert.Empty(check(new SourceFile(path, good)));
    }

    [Fact]
    public void Rules_without_a_sample_do_not_exist()
    {
        IEnumerable<string> proven = Samples.Select(row => (string)row[0]).Distinct().Order();

        Assert.Equal(SourceRules.OfText.Keys.Concat(SourceRules.OfCSharp.Keys).Order(), proven);
    }

    private static string Method(int lines) =>
        "class A { void M()\n{\n" + string.Concat(Enumerable.Repeat(";\n", lines)) + "} }";
}
