using MicroFirmware.Browser.Tests.Harness;

namespace MicroFirmware.Browser.Tests;

/// <summary>What holds for every page, whatever it shows.</summary>
[Collection(BrowserCollection.Name)]
public class PageTests(Chromium browser, Farm farm)
{
    /// <summary>Every page in every look.</summary>
    public static TheoryData<string, string> Pages
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach (string path in PageCatalog.Paths)
            {
                rows.Add(path, Look.Desktop.Name);
                rows.Add(path, Look.Dark.Name);
                rows.Add(path, Look.Phone.Name);
            }

            return rows;
        }
    }

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task Page_is_readable_by_everybody_and_asks_nobody_else(string path, string look)
    {
        Assert.DoesNotContain('{', path);
        await browser.VisitAsync(farm.Owned, async visit =>
        {
            await visit.Page.GotoAsync(path);
            await visit.Page.Locator("main").WaitForAsync();
            await visit.ScreenshotAsync($"{PageCatalog.NameOf(path)}-{look}");

            Assert.Empty(await visit.AxeAsync());
            Assert.Equal(0, await visit.Page.EvaluateAsync<int>(
                "Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
        }, look == "dark" ? Look.Dark : look == "phone" ? Look.Phone : Look.Desktop);
    }
}
