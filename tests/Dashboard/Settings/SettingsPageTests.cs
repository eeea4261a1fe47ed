using System.Net;
using System.Reflection;
using MicroFirmware.Dashboard.Settings;
using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Dashboard.Tests.Settings;

public class SettingsPageTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Every_option_is_on_the_page_with_its_meaning()
    {
        string page = await site.PageAsync("/settings");
        Meanings meanings = new();

        Assert.All(Options(typeof(GatewayOptions), ""), option =>
        {
            Assert.Contains($"id=\"{option.Key}\"", page);
            Assert.False(
                string.IsNullOrWhiteSpace(meanings.TextOf(
                    $"{option.Property.DeclaringType!.FullName}.{option.Property.Name}")),
                option.Key);
        });
    }

    [Fact]
    public async Task Secret_is_never_shown()
    {
        string page = await site.PageAsync("/settings");
        string editing = await site.PageAsync("/settings?edit=HomeAssistant:Password");

        Assert.DoesNotContain(Site.Secret, page);
        Assert.DoesNotContain(Site.Secret, editing);
        Assert.DoesNotContain(Site.Secret, await site.PageAsync("/settings?q=Password"));
    }

    [Theory]
    [InlineData("/settings")]
    [InlineData("/settings?q=Webhooks")]
    [InlineData("/settings?edit=Webhooks:0:Url")]
    [InlineData("/v1/settings")]
    public async Task Of_an_address_of_a_webhook_only_scheme_and_host_are_shown(string path)
    {
        string text = await site.PageAsync(path);

        Assert.DoesNotContain(Site.SecretPath, text);
        Assert.Equal(!path.Contains("edit"), text.Contains("https://hook.example:8444/"));
    }

    [Fact]
    public async Task Setting_that_counts_at_once_counts_at_once_and_is_kept()
    {
        using HttpResponseMessage answer = await site.SendAsync(
            "/settings?edit=Energy:KilowattHour", "setting", ("Form.Value", "0.31"));

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Contains("\"Energy:KilowattHour\": \"0.31\"", site.Kept);
        Assert.DoesNotContain("waits for a restart", await site.PageAsync("/settings?q=KilowattHour"));
        Assert.Contains("0.31", await site.PageAsync("/settings?q=KilowattHour"));
    }

    [Fact]
    public async Task Setting_that_needs_a_restart_says_so()
    {
        using HttpResponseMessage answer = await site.SendAsync(
            "/settings?edit=Stratum:Port", "setting", ("Form.Value", "3777"));
        string page = await site.PageAsync("/settings?q=Stratum:Port");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Contains("3777: changed, waits for a restart", page);
        Assert.Contains("Takes effect at the next start: the door is opened once, at the start.", page);
        Assert.Contains("systemctl restart", page);
        using HttpResponseMessage back = await site.SendAsync("/settings?edit=Stratum:Port", "reset");
    }

    [Theory]
    [InlineData("Shares:Interval", "soon", "is not a duration")]
    [InlineData("Shares:Interval", "5d", "is out of range")]
    [InlineData("Devices:MaxDevices", "0", "is out of range")]
    [InlineData("Storage:DataDirectory", "/elsewhere", "cannot be set here")]
    public async Task Value_that_does_not_fit_is_refused_with_the_reason_and_changes_nothing(
        string key, string value, string reason)
    {
        string before = site.Kept;
        using HttpResponseMessage answer = await site.SendAsync(
            $"/settings?edit={key}", "setting", ("Form.Value", value));
        string page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        Assert.Contains(reason, page);
        Assert.Contains($"value=\"{value}\"", page);
        Assert.Equal(before.Contains(key), site.Kept.Contains(key));
    }

    [Fact]
    public async Task What_was_set_here_can_be_taken_back()
    {
        using HttpResponseMessage set = await site.SendAsync(
            "/settings?edit=Owner:JoinCodeLife", "setting", ("Form.Value", "20m"));
        Assert.Contains("Owner:JoinCodeLife", site.Kept);

        using HttpResponseMessage taken = await site.SendAsync("/settings?edit=Owner:JoinCodeLife", "reset");

        Assert.Equal(HttpStatusCode.Found, taken.StatusCode);
        Assert.DoesNotContain("Owner:JoinCodeLife", site.Kept);
    }

    private static IEnumerable<(string Key, PropertyInfo Property)> Options(Type type, string prefix) =>
        type.GetProperties().SelectMany(property =>
            property.CanWrite ? [(prefix + property.Name, property)]
            : property.Name == nameof(GatewayOptions.Upstreams) ? []
            : property.PropertyType.IsGenericType
                ? Options(property.PropertyType.GetGenericArguments()[0], $"{prefix}{property.Name}:0:")
            : Options(property.PropertyType, $"{prefix}{property.Name}:"));
}
