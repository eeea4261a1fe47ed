namespace MicroFirmware.Style.Tests;

/// <summary>The shape of the tree: a fixed top level, and a first sentence that says what lives in a folder.</summary>
public class LayoutTests
{
    private static readonly string[] s_folders = ["firmware", "hardware", "tests", "tools"];

    private static readonly string[] s_files = [".ci", ".clang-format", ".editorconfig", ".gitattributes", ".gitignore",
        "MicroFirmware.sln", "README.md", "global.json"];

    public static TheoryData<string> Folders => [.. s_folders];

    [Fact]
    public void TopLevel_of_the_tree_is_the_fixed_one() =>
        Assert.Empty(Repository.TopLevel().Except(s_folders).Except(s_files));

    [Theory]
    [MemberData(nameof(Folders))]
    public void Readme_of_a_top_folder_opens_with_one_sentence(string folder)
    {
        string readme = Repository.Absolute(folder + "/README.md");
        Assert.True(File.Exists(readme), $"{folder} has no README.md");

        string first = File.ReadLines(readme).First(l => l.Length > 0 && l[0] != '#');

        Assert.Matches(@"^[A-Z`].{20,200}[.:]$", first);
    }

    [Fact]
    public void Decisions_in_the_firmware_are_numbered_records() =>
        Assert.All(Repository.Files("firmware/decisions"), f => Assert.Matches(@"/\d{4}-[a-z0-9-]+\.md$", f));
}
