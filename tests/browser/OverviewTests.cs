using MicroFirmware.Browser.Tests.Harness;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace MicroFirmware.Browser.Tests;

/// <summary>The first page: what it weighs, how old its figures are, what it costs. Figures, printed; a test only of
/// what must never be.</summary>
[Collection(BrowserCollection.Name)]
public class OverviewTests(Chromium browser, Farm farm, ITestOutputHelper log)
{
    private const int MeasuredBeats = 10;
    private const int MostOctets = 300 * 1024;

    [BrowserFact]
    public Task Overview_weighs_less_than_a_picture_and_stays_fresh() => browser.VisitAsync(farm.Owned, async visit =>
    {
        IPage page = visit.Page;
        ICDPSession devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("Network.enable");
        long octets = 0;
        devTools.Event("Network.loadingFinished").OnEvent += (_, e) =>
            Interlocked.Add(ref octets, (long)e!.Value.GetProperty("encodedDataLength").GetDouble());
        await page.GotoAsync("/", new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        long loaded = Interlocked.Read(ref octets);
        log.WriteLine($"overview.weight {loaded / 1024.0:0.0} KB");

        await visit.MeasureAsync(log, "overview", MeasuredBeats);

        Assert.InRange(loaded, 1, MostOctets);
    });
}
