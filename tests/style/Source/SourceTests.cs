namespace MicroFirmware.Style.Tests.Source;

/// <summary>Holds every source file of the project to every rule.</summary>
public class SourceTests
{
    private static readonly string[] s_languages = [".cs", ".cpp", ".c", ".h", ".hpp", ".cmake", ".sh", ".js", ".css"];

    private static readonly Lazy<SourceFile[]> s_files = new(() =>
        [.. Repository.Files().Where(f => s_languages.Contains(Path.GetExtension(f))).Select(SourceFile.Read)]);

    public static TheoryData<string> TextRules => [.. SourceRules.OfText.Keys];

    public static TheoryData<string> CSharpRules => [.. SourceRules.OfCSharp.Keys];

    [Theory]
    [MemberData(nameof(TextRules))]
    public void Source_in_any_language_keeps_the_rule(string rule) =>
        Finding.AssertNone(s_files.Value.SelectMany(f => SourceRules.OfText[rule](f)));

    [Theory]
    [MemberData(nameof(CSharpRules))]
    public void Source_in_our_own_csharp_keeps_the_rule(string rule) =>
        Finding.AssertNone(s_files.Value.Where(f => f.IsCSharp && !f.IsContract)
            .SelectMany(f => SourceRules.OfCSharp[rule](f)));

    [Fact]
    public void Contracts_of_the_nanoFramework_hold_one_type_a_file() =>
        Finding.AssertNone(s_files.Value.Where(f => f.IsContract).SelectMany(NameRules.OnePublicTypeAFile)
            .Where(f => !f.Path.Contains("OfT")));
}
