using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MicroFirmware.Style.Tests.Source;

/// <summary>Files, methods and lines stay short enough to be read; tables and generated code are exempt.</summary>
internal static class SizeRules
{
    public const int FileLinesMax = 500;
    public const int MethodLinesMax = 70;
    public const int ColumnsMax = 120;

    public static IEnumerable<Finding> FileLength(SourceFile file)
    {
        if (!file.IsSizeExempt && file.Lines.Length > FileLinesMax + 1)
        {
            yield return file.Finding(1, $"{file.Lines.Length} lines, the limit is {FileLinesMax}: divide it");
        }
    }

    public static IEnumerable<Finding> LineLength(SourceFile file)
    {
        for (int i = 0; i < file.Lines.Length && !file.IsSizeExempt; i++)
        {
            int columns = file.Lines[i].TrimEnd('\r').Length;
            if (columns > ColumnsMax && !(file.IsCSharp && LiteralLines(file).Contains(i)))
            {
                yield return file.Finding(i + 1, $"{columns} columns, the limit is {ColumnsMax}");
            }
        }
    }

    public static IEnumerable<Finding> MethodLength(SourceFile file)
    {
        if (!file.IsCSharp || file.IsSizeExempt)
        {
            yield break;
        }

        foreach (SyntaxNode body in file.Unit.DescendantNodes().Where(IsBody))
        {
            FileLinePositionSpan span = body.GetLocation().GetLineSpan();
            int lines = span.EndLinePosition.Line - span.StartLinePosition.Line - 1;
            if (lines > MethodLinesMax)
            {
                yield return file.Finding(body, $"a method of {lines} lines, the limit is {MethodLinesMax}: divide it");
            }
        }
    }

    /// <summary>Lines inside a raw string stand there as they are: output, a file, a message.</summary>
    private static IEnumerable<int> LiteralLines(SourceFile file) =>
        from token in file.Unit.DescendantTokens()
        where token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken)
        let span = token.GetLocation().GetLineSpan()
        let first = span.StartLinePosition.Line
        from line in Enumerable.Range(first, span.EndLinePosition.Line - first)
        select line;

    private static bool IsBody(SyntaxNode node) =>
        node is BlockSyntax or ArrowExpressionClauseSyntax
        && node.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax;
}
