namespace MicroFirmware.Dashboard.Tests.Overview;

public class OverviewPageTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Rates_that_no_share_proves_yet_are_not_judged()
    {
        await site.Host.EnrolAsync("board-1", new byte[32]);

        string page = await UntilAsync("Proven over 1 h");

        Assert.Contains("by shares of the last minutes", page);
        Assert.DoesNotContain("agree", page);
    }

    /// <summary>Reads the page until it holds a text: the desk's figures may be a second old.</summary>
    private async Task<string> UntilAsync(string text)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            string page = await site.PageAsync("/");
            if (page.Contains(text, StringComparison.Ordinal))
            {
                return page;
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }
    }
}
