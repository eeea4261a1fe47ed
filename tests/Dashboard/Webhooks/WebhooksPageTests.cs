using System.Net;

namespace MicroFirmware.Dashboard.Tests.Webhooks;

/// <summary>A gateway whose list of webhooks comes from its command line.</summary>
public sealed class WebhooksPageTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Receivers_are_shown_by_scheme_and_host_alone()
    {
        string page = await site.PageAsync("/settings/webhooks");

        Assert.Contains("https://hook.example:8444/", page);
        Assert.Contains("Send a test", page);
        Assert.DoesNotContain(Site.SecretPath, page);
        Assert.DoesNotContain(Site.Secret, page);
        Assert.Contains("change it there", WebUtility.HtmlDecode(page));
    }

    [Fact]
    public async Task Deed_that_fits_nobody_changes_nothing()
    {
        using HttpResponseMessage answer =
            await site.SendAsync("/settings/webhooks", "list", ("Deed", "remove:nobody"));

        Assert.Contains("nothing was changed", await answer.Content.ReadAsStringAsync());
    }
}
