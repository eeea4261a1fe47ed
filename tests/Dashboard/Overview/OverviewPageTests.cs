namespace MicroFirmware.Dashboard.Tests.Overview;

public class OverviewPageTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Rates_that_no_share_proves_yet_are_not_judged()
    {
        await site.Host.EnrolAsync("board-1", new byte[32]);

        string page = await site.PageAsync("/");

        Assert.Contains("Proven over 1 h", page);
        Assert.Contains("by shares of the last minutes", page);
        Assert.DoesNotContain("agree", page);
    }
}
