using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MicroFirmware.Style.Tests.Source;

/// <summary>Comments say why; they are neither a notebook nor a graveyard of code.</summary>
internal static partial class CommentRules
{
    public static IEnumerable<Finding> Notebook(SourceFile file) =>
        from comment in Comments(file)
        where NotebookWord().IsMatch(comment.Text)
        select file.Finding(comment.Line, "a note to oneself: do it, or say at the top of the file what is missing");

    public static IEnumerable<Finding> Ticket(SourceFile file) =>
        from comment in Comments(file)
        where TicketNumber().IsMatch(comment.Text)
        select file.Finding(comment.Line, "a ticket or phase number means nothing to a reader: say the reason itself");

    public static IEnumerable<Finding> DeadCode(SourceFile file) =>
        from comment in Comments(file)
        where !comment.IsDocumentation && Code().IsMatch(comment.Text)
        select file.Finding(comment.Line, "commented-out code: delete it, history keeps it");

    private static IEnumerable<(string Text, int Line, bool IsDocumentation)> Comments(SourceFile file)
    {
        foreach (SyntaxTrivia trivia in file.Unit.DescendantTrivia())
        {
            bool documentation = trivia.Kind() is SyntaxKind.SingleLineDocumentationCommentTrivia
                or SyntaxKind.MultiLineDocumentationCommentTrivia;
            bool plain = trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;
            if (documentation || plain)
            {
                int line = trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                yield return (trivia.ToFullString().Trim(), line, documentation);
            }
        }
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex NotebookWord();

    [GeneratedRegex(@"\b(issue|ticket|phase|milestone|sprint)\s*#?\d+\b|(^|\s)#\d{2,}\b", RegexOptions.IgnoreCase)]
    private static partial Regex TicketNumber();

    /// <summary>A line that ends like a statement and holds a call, an assignment or a jump.</summary>
    [GeneratedRegex(@"^//\s*(?:[\w.\[\]<>]+\s*(?:\(.*\)|[-+*/|&^]?=[^;]*)|return\b.*|(?:var|int|uint)\s.*=.*);\s*$" +
        @"|^//\s*(?:if|for|foreach|while|switch)\s*\(.*\)\s*\{?\s*$|^//\s*[{}]\s*$")]
    private static partial Regex Code();
}
