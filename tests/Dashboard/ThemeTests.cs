using System.Text;
using System.Text.RegularExpressions;
using MicroFirmware.Dashboard.Assets;

namespace MicroFirmware.Dashboard.Tests;

/// <summary>The dark theme, which the style sheet says twice: for who chose it, and for whose system did.</summary>
public class ThemeTests
{
    private static readonly string s_sheet = Encoding.UTF8.GetString(new AssetShelf().Find("site.css")!.Plain);

    [Fact]
    public void Dark_theme_is_one_whoever_chose_it() =>
        Assert.Equal(ColoursOf(":root[data-theme=dark]"), ColoursOf(":root[data-theme=auto]"));

    [Fact]
    public void Dark_theme_has_no_colour_that_the_light_one_has_not() =>
        Assert.Empty(ColoursOf(":root[data-theme=dark]").Keys.Except(ColoursOf(":root").Keys));

    private static Dictionary<string, string> ColoursOf(string selector)
    {
        Match block = Regex.Match(s_sheet, $@"(?m)^\s*{Regex.Escape(selector)} \{{([^}}]*)\}}");
        Dictionary<string, string> colours = Regex.Matches(block.Groups[1].Value, "([a-z-]+):([^;]+);")
            .ToDictionary(line => line.Groups[1].Value, line => line.Groups[2].Value.Trim());
        Assert.Contains("--paper", colours);
        return colours;
    }
}
