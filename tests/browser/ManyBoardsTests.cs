using MicroFirmware.Browser.Tests.Harness;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace MicroFirmware.Browser.Tests;

/// <summary>Ten thousand boards in the list.</summary>
[Collection(BrowserCollection.Name)]
public class ManyBoardsTests(Chromium browser, ITestOutputHelper log)
{
    private const int Boards = 10_000;
    private const int MeasuredBeats = 10;

    [BrowserFact]
    public async Task One_of_ten_thousand_boards_is_found_by_typing_and_by_scrolling()
    {
        await using Farm farm = await Farm.OfAsync(0);
        foreach (int number in Enumerable.Range(0, Boards))
        {
            await farm.EnrolAsync($"board-{number:0000}");
        }

        await browser.VisitAsync(farm.Owned, async visit =>
        {
            IPage page = visit.Page;
            await visit.GoAsync("/boards");
            ILocator rows = page.Locator("tbody tr[data-key]");
            Assert.InRange(await rows.CountAsync(), 20, 200);
            await visit.MeasureAsync(log, "boards-of-10000", MeasuredBeats);

            await page.Locator("#q").FillAsync("7391");
            await Assertions.Expect(rows).ToHaveCountAsync(1);
            await Assertions.Expect(rows).ToContainTextAsync("board-7391");
            await page.Locator("#q").FillAsync("");
            await Assertions.Expect(rows.Filter(new() { HasText = "board-0000" })).ToHaveCountAsync(1);

            // Half-way down, without a step at which the page loses its place.
            await page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight / 2)");
            await Assertions.Expect(rows.Filter(new() { HasText = "board-5000" })).ToBeVisibleAsync();
            await visit.UntilAsync("document.querySelectorAll('tbody tr[data-key]').length < 200");
            await page.EvaluateAsync("scrollTo(0, document.documentElement.scrollHeight)");
            await Assertions.Expect(rows.Filter(new() { HasText = "board-9999" })).ToBeVisibleAsync();
        });
    }
}
