using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MicroFirmware.Style.Tests.Source;

/// <summary>One file under the rules: its path relative to the root, its lines and, for C#, its syntax tree.</summary>
internal sealed class SourceFile
{
    /// <summary>
    /// A comment among the first lines that starts so, followed by a reason, exempts tables, generated or unrolled code
    /// and vectors from the rules of size.
    /// </summary>
    public const string SizeExemption = "// Size-exempt: ";

    private const int HeaderLines = 20;

    private readonly Lazy<CompilationUnitSyntax> _unit;

    public SourceFile(string path, string text)
    {
        Path = path;
        Text = text;
        Lines = text.Split('\n');
        _unit = new(() => CSharpSyntaxTree.ParseText(text, CSharpParseOptions.Default).GetCompilationUnitRoot());
    }

    public string Path { get; }

    public string Text { get; }

    public string[] Lines { get; }

    public CompilationUnitSyntax Unit => _unit.Value;

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    /// <summary>Signatures of the nanoFramework: other people's names and shapes, spelled as they are.</summary>
    public bool IsContract => In("firmware/NanoApi");

    public bool IsSizeExempt => Lines.Take(HeaderLines)
        .Any(l => l.StartsWith(SizeExemption, StringComparison.Ordinal) && l.Length > SizeExemption.Length);

    public static SourceFile Read(string path) => new(path, File.ReadAllText(Repository.Absolute(path)));

    public bool In(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    public Finding Finding(SyntaxNodeOrToken node, string message) =>
        Finding(node.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1, message);

    public Finding Finding(int line, string message) => new(Path, line, message);
}
