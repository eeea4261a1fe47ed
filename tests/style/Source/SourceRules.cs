namespace MicroFirmware.Style.Tests.Source;

/// <summary>Every rule a source file is held to, by name.</summary>
internal static class SourceRules
{
    public delegate IEnumerable<Finding> Rule(SourceFile file);

    /// <summary>Rules for every language of the project.</summary>
    public static IReadOnlyDictionary<string, Rule> OfText { get; } = new Dictionary<string, Rule>
    {
        [nameof(SizeRules.FileLength)] = SizeRules.FileLength,
        [nameof(SizeRules.LineLength)] = SizeRules.LineLength,
    };

    /// <summary>Rules for our own C#.</summary>
    public static IReadOnlyDictionary<string, Rule> OfCSharp { get; } = new Dictionary<string, Rule>
    {
        [nameof(SizeRules.MethodLength)] = SizeRules.MethodLength,
        [nameof(NameRules.EmptyWords)] = NameRules.EmptyWords,
        [nameof(NameRules.OnePublicTypeAFile)] = NameRules.OnePublicTypeAFile,
        [nameof(NameRules.NamespaceIsFolder)] = NameRules.NamespaceIsFolder,
        [nameof(NameRules.FieldPrefix)] = NameRules.FieldPrefix,
        [nameof(NameRules.TestName)] = NameRules.TestName,
        [nameof(CallRules.Clock)] = CallRules.Clock,
        [nameof(CallRules.Sleep)] = CallRules.Sleep,
        [nameof(CallRules.UnseededRandom)] = CallRules.UnseededRandom,
        [nameof(CallRules.ExceptionText)] = CallRules.ExceptionText,
        [nameof(CommentRules.Notebook)] = CommentRules.Notebook,
        [nameof(CommentRules.Ticket)] = CommentRules.Ticket,
        [nameof(CommentRules.DeadCode)] = CommentRules.DeadCode,
    };
}
