using System.Reflection;

namespace MicroFirmware.Mqtt.Tests.Conformance;

/// <summary>Every normative statement of MQTT 3.1.1 (appendix B) has a test named after it, or a reason.</summary>
public sealed class StatementTests
{
    /// <summary>How many numbered statements each section has, as appendix B lists them.</summary>
    private static readonly (string Section, int Count)[] s_statements =
    [
        ("1.5.3", 3), ("2.2.2", 2), ("2.3.1", 7), ("3.1.0", 2), ("3.1.2", 24), ("3.1.3", 11), ("3.1.4", 5),
        ("3.2.0", 1), ("3.2.2", 6), ("3.3.1", 12), ("3.3.2", 3), ("3.3.4", 1), ("3.3.5", 2), ("3.6.1", 1),
        ("3.8.1", 1), ("3.8.3", 4), ("3.8.4", 6), ("3.9.3", 2), ("3.10.1", 1), ("3.10.3", 2), ("3.10.4", 6),
        ("3.12.4", 1), ("3.14.1", 1), ("3.14.4", 3), ("4.1.0", 2), ("4.3.1", 1), ("4.3.2", 2), ("4.3.3", 2),
        ("4.4.0", 1), ("4.5.0", 2), ("4.6.0", 6), ("4.7.1", 3), ("4.7.2", 1), ("4.7.3", 4), ("4.8.0", 2),
        ("6.0.0", 4), ("7.0.0", 2), ("7.1.1", 1), ("7.1.2", 1),
    ];

    /// <summary>What a server cannot be tested for.</summary>
    private static readonly Dictionary<string, string> s_notApplicable = new()
    {
        ["2.3.1-2"] = "binds the client: which packet ids it assigns",
        ["2.3.1-3"] = "binds the client: which packet ids it uses again",
        ["3.1.2-23"] = "binds the client: how often it sends",
        ["3.14.4-1"] = "binds the client: it closes after DISCONNECT",
        ["4.5.0-2"] = "binds the client: it acknowledges what it gets",
        ["7.0.0-1"] = "for servers that connect to other servers; this one does not",
        ["7.0.0-2"] = "for the whole: interoperability tests run stock clients, which know no extension",
        ["7.1.2-1"] = "binds the client; ours is tested over TCP and TLS with the broker",
    };

    private static readonly string[] s_tests =
    [
        .. typeof(StatementTests).Assembly.GetTypes().SelectMany(t => t.GetMethods()
            .Where(m => m.GetCustomAttribute<FactAttribute>() is { Skip: null }).Select(m => m.Name)),
    ];

    public static TheoryData<string> Statements => [.. s_statements.SelectMany(
        s => Enumerable.Range(1, s.Count).Select(n => $"{s.Section}-{n}"))];

    [Theory]
    [MemberData(nameof(Statements))]
    public void Statement_has_a_test_or_a_reason(string statement)
    {
        string prefix = $"MQTT_{statement.Replace('.', '_').Replace('-', '_')}_";
        bool isTested = Array.Exists(s_tests, t => t.StartsWith(prefix, StringComparison.Ordinal));

        Assert.True(isTested != s_notApplicable.ContainsKey(statement), $"[MQTT-{statement}] needs one of them");
    }

    [Fact]
    public void Appendix_b_is_all_there() => Assert.Equal(141, Statements.Count);
}
