using MicroFirmware.Browser.Tests.Harness;
using Microsoft.Playwright;

namespace MicroFirmware.Browser.Tests;

/// <summary>The gateway goes away, and comes back.</summary>
[Collection(BrowserCollection.Name)]
public class OutageTests(Chromium browser)
{
    [BrowserFact]
    public async Task Page_says_that_the_gateway_is_gone_and_goes_on_by_itself_when_it_is_back()
    {
        await using GatewayProcess gateway = await GatewayProcess.StartAsync();
        await browser.VisitAsync(gateway.Door, async visit =>
        {
            await visit.MakeSignInAsync(await gateway.LinkAsync());
            ILocator lost = visit.Page.Locator("#lost");
            await Assertions.Expect(lost).ToBeHiddenAsync();

            // What somebody does meanwhile stays.
            await visit.Page.EvaluateAsync("window.mark = 'not loaded anew'");
            await gateway.KillAsync();
            await Assertions.Expect(lost).ToBeVisibleAsync();
            await visit.ReadAsync("gateway-lost-light");
            await gateway.RestartAsync();

            await Assertions.Expect(lost).ToBeHiddenAsync();
            Assert.Equal("not loaded anew", await visit.Page.EvaluateAsync<string>("window.mark"));
            await visit.Page.GotoAsync("/boards");
            await visit.ExpectTitleAsync("Boards");
        });
    }
}
