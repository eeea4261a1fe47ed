using MicroFirmware.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace MicroFirmware.Browser.Tests;

/// <summary>Without a mouse.</summary>
[Collection(BrowserCollection.Name)]
public class KeyboardTests(Chromium browser, Farm farm)
{
    private const string FocusedText = "document.activeElement.innerText || document.activeElement.id";

    [BrowserFact]
    public Task Keyboard_alone_leads_from_the_overview_to_a_board() => browser.VisitAsync(farm.Owned, async visit =>
    {
        IPage page = visit.Page;
        await visit.GoAsync("/");

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to content", await page.EvaluateAsync<string>(FocusedText));
        await TabToAsync(page, "Boards");
        await page.Keyboard.PressAsync("Enter");
        await visit.ExpectTitleAsync("Boards");

        await TabToAsync(page, "q");
        await page.Keyboard.TypeAsync("gree");
        await Assertions.Expect(page.Locator("tbody tr[data-key]")).ToHaveCountAsync(1);
        Assert.Equal("q", await page.EvaluateAsync<string>(FocusedText));
        await TabToAsync(page, "greenhouse");
        await page.Keyboard.PressAsync("Enter");
        await visit.ExpectTitleAsync("greenhouse");
    });

    [BrowserTheory]
    [InlineData("/")]
    [InlineData("/boards")]
    [InlineData("/boards/device/attic")]
    public Task Everything_that_takes_the_focus_shows_it(string path) => browser.VisitAsync(farm.Owned, async visit =>
    {
        IPage page = visit.Page;
        await visit.GoAsync(path);
        for (int i = 0; i < 40; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            string unmarked = await page.EvaluateAsync<string>("""
                () => {
                    const e = document.activeElement;
                    if (e === document.body) return '';
                    const s = getComputedStyle(e);
                    const isSeen = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1;
                    return isSeen || s.boxShadow !== 'none' ? '' : e.outerHTML.slice(0, 200);
                }
                """);
            Assert.Equal("", unmarked);
        }
    });

    private static async Task TabToAsync(IPage page, string text)
    {
        for (int i = 0; i < 60; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if ((await page.EvaluateAsync<string>(FocusedText)).Trim() == text)
            {
                return;
            }
        }

        Assert.Fail($"60 steps with the tabulator do not lead to {text}");
    }
}
