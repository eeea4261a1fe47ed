using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;

namespace MicroFirmware.Style.Tests.Nano;

/// <summary>The reader finds each forbidden construct in an assembly that holds just this one.</summary>
public class NanoReaderTests
{
    /// <summary>What the reader says, and a member of a class that earns it.</summary>
    public static TheoryData<string, string> Forbidden => new()
    {
        { "a generic type of our own", "class Box<T> { T _value; }" },
        { "a generic method of our own", "static T Same<T>(T x) => x;" },
        { "a call of a generic method", "static int[] M() => System.Array.Empty<int>();" },
        { "the generic type Action`1", "static void M(System.Action<int> call) { }" },
        { "the generic type Func`1", "static int M(object call) => ((System.Func<int>)call)();" },
        { "the generic type Nullable`1", "int? _field;" },
        { "a multi-dimensional array", "static int M(int[,] x) => 1;" },
        { "a multi-dimensional array", "static object M() => new byte[2, 2];" },
        { "stackalloc", "static unsafe void M() { byte* p = stackalloc byte[4]; *p = 1; }" },
        { "a pointer", "static unsafe int M(byte* p) => *p;" },
        { "a pointer", "static unsafe int M(byte[] b) { fixed (byte* p = b) { return *p; } }" },
        { "a call through a function pointer", "static unsafe int M(object f) => ((delegate*<int>)0)();" },
        { "checked arithmetic, which never throws there", "static int M(int a) => checked(a + a);" },
        { "checked arithmetic, which never throws there", "static byte M(int a) => checked((byte)a);" },
        { "a default interface method", "interface I { int M() => 1; }" },
        { "more than 255 arguments", $"static void {Wide(256)}" },
        { "more than 255 arguments", $"void {Wide(255)}" },
        { "more than 255 locals", $"static void M() {{ {Lines(256, i => $"int v{i} = 0; Use(ref v{i});")} }} {Use}" },
        { "more than 255 stack slots", $"static void M() => N({Join(256, i => "1")}); static void {Wide(256)}" },
        { "a switch of more than 255 targets", $"static int M(int x) {{ {Switch(256)} return 0; }}" },
        { "a branch farther than 32 KB", $"static void M(bool b) {{ while (b) {{ {Calls(5_000)} }} }} {Use}" },
        { "octets of IL, the limit is 65535", $"static void M() {{ {Calls(10_000)} }} {Use}" },
    };

    private const string Use = "static int s_x; static void Use(ref int x) { }";

    private static readonly CSharpParseOptions s_csharp9 = new(LanguageVersion.CSharp9);

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void Reader_of_an_assembly_with_a_forbidden_construct_finds_it(string reason, string member) =>
        Assert.Contains(NanoReader.Findings(Compile(member)), f => f.EndsWith(reason, StringComparison.Ordinal));

    [Fact]
    public void Reader_of_an_assembly_at_the_limits_finds_nothing()
    {
        string members = $$"""
            delegate int Call(int x);
            interface I { int M(); }
            static void {{Wide(255)}}
            static int Choose(int x) { {{Switch(255)}} return 0; }
            static int Sum(int x) { unchecked { Call call = a => a + x; return call(x); } }
            static uint[][] Rows() => new[] { new uint[] { 1, 2, 3 } };
            """;

        Assert.Empty(NanoReader.Findings(Compile(members)));
    }

    private static string Join(int count, Func<int, string> item) =>
        string.Join(", ", Enumerable.Range(0, count).Select(item));

    private static string Lines(int count, Func<int, string> item) =>
        string.Concat(Enumerable.Range(0, count).Select(item));

    private static string Wide(int arguments) => $"N({Join(arguments, i => $"int a{i}")}) {{ }}";

    private static string Switch(int cases) => $"switch (x) {{ {Lines(cases, i => $"case {i}: return {i * 7};")} }}";

    private static string Calls(int count) => Lines(count, _ => "Use(ref s_x);");

    private static AssemblyDefinition Compile(string member)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Sample",
            [CSharpSyntaxTree.ParseText($"class Sample {{ {member} }}", s_csharp9)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true,
                optimizationLevel: OptimizationLevel.Release));
        MemoryStream image = new();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        image.Position = 0;
        return AssemblyDefinition.ReadAssembly(image);
    }
}
