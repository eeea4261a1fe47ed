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
                foreach (Look look in Look.All)
                {
                    rows.Add(path, look.Name);
                }
            }

            return rows;
        }
    }

    [Fact]
    public void Page_with_a_parameter_has_an_example_or_a_way_that_leads_there() =>
        Assert.All(PageCatalog.Paths, path => Assert.DoesNotContain('{', path));

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public Task Page_is_readable_by_everybody_and_asks_nobody_else(string path, string look) =>
        browser.VisitAsync(farm.Owned, async visit =>
        {
            await visit.Page.GotoAsync(path);
            await visit.ReadAsync($"{PageCatalog.NameOf(path)}-{look}");
        }, Look.All.Single(l => l.Name == look));
}
