using MicroFirmware.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace MicroFirmware.Browser.Tests;

/// <summary>A chart reads its values out, to who points and to who has keys only.</summary>
[Collection(BrowserCollection.Name)]
public class ChartTests(Chromium browser, Farm farm)
{
    private const string Chart = ".drawn > svg";

    [BrowserFact]
    public Task Chart_says_time_and_values_where_one_points_and_by_the_arrow_keys() =>
        browser.VisitAsync(farm.Owned, async visit =>
        {
            IPage page = visit.Page;
            ILocator words = page.Locator(".pointed output");
            await visit.GoAsync("/");

            // The first minute of the farm has to be over; the page brings the chart by itself.
            await page.Locator(Chart).WaitForAsync();
            await page.Locator(Chart).FocusAsync();
            await page.Keyboard.PressAsync("ArrowLeft");
            await Assertions.Expect(words).ToContainTextAsync("UTC");
            await Assertions.Expect(words).ToContainTextAsync("proven");

            // The page brings itself up to date meanwhile, and what one reads stays.
            await page.EvaluateAsync("() => { window.old = document.querySelector('.pointed output'); refresh(); }");
            await visit.UntilAsync("!busy && document.querySelector('.pointed output') === window.old");
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(words).ToHaveCountAsync(0);

            await page.Locator(Chart).HoverAsync();
            await Assertions.Expect(words).ToContainTextAsync("proven");
            await page.Locator("h1").HoverAsync();
            await Assertions.Expect(words).ToHaveCountAsync(0);
        });
}
