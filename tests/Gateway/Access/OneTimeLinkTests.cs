using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MicroFirmware.Gateway.Access;
using MicroFirmware.Gateway.Tests.Hosting;

namespace MicroFirmware.Gateway.Tests.Access;

/// <summary>The console's link and invitations: good once, for a while, and for what they say.</summary>
public sealed class OneTimeLinkTests : AccessRig
{
    [Fact]
    public async Task Link_is_good_for_an_hour()
    {
        Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.Forbidden, await Owner.WelcomeAsync(Gateway.Host.WelcomePath!, "maria"));
        Assert.False(Gateway.Host.Room<UserBook>().HasOwner);
    }

    [Fact]
    public async Task Link_sent_twice_at_once_makes_one_owner()
    {
        using Browser other = new(Gateway.Host.HttpEndPoint);
        string path = Gateway.Host.WelcomePath!;

        HttpStatusCode[] answers = await Task.WhenAll(
            Owner.WelcomeAsync(path, "maria"), other.WelcomeAsync(path, "mallory"));

        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.Forbidden], answers.Order());
        Assert.Single(Gateway.Host.Room<UserBook>().All());
    }

    [Fact]
    public async Task Link_is_not_used_up_by_a_name_or_password_that_will_not_do()
    {
        string path = Gateway.Host.WelcomePath!;

        Assert.Equal(HttpStatusCode.BadRequest, await Owner.WelcomeAsync(path, "no name!"));
        Assert.Equal(HttpStatusCode.BadRequest, await Owner.WelcomeAsync(path, "maria", "short"));
        Assert.Equal(HttpStatusCode.BadRequest, await Owner.WelcomeAsync(path, "maria", "i am Maria, really"));
        Assert.Equal(HttpStatusCode.BadRequest, await Owner.WelcomeAsync(path, "maria", "aaaaaaaaaaaaaaaaa"));
        Assert.Equal(HttpStatusCode.NoContent, await Owner.WelcomeAsync(path, "maria"));
    }

    [Fact]
    public async Task Restart_makes_another_link_until_there_is_an_owner()
    {
        string before = Gateway.Host.WelcomePath!;
        await Gateway.RestartAsync();
        using Browser browser = new(Gateway.Host.HttpEndPoint);

        Assert.Equal(HttpStatusCode.Forbidden, await browser.WelcomeAsync(before, "maria"));
        Assert.Equal(HttpStatusCode.NoContent, await browser.WelcomeAsync(Gateway.Host.WelcomePath!, "maria"));
        await Gateway.RestartAsync();
        Assert.Null(Gateway.Host.WelcomePath);
    }

    [Fact]
    public async Task Invitation_outlives_a_restart_makes_a_viewer_and_is_good_once()
    {
        await Owner.WelcomeAsync(Gateway.Host.WelcomePath!, "maria");
        string path = await InviteAsync("viewer");
        await Gateway.RestartAsync();
        using Browser guest = new(Gateway.Host.HttpEndPoint);
        using Browser second = new(Gateway.Host.HttpEndPoint);

        Assert.Equal(HttpStatusCode.NoContent, await guest.WelcomeAsync(path, "guest"));
        Assert.Equal(HttpStatusCode.Forbidden, await second.WelcomeAsync(path, "second"));
        Assert.Equal(HttpStatusCode.OK, await guest.LookAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await guest.StatusOf("POST", "/v1/join-codes"));
    }

    [Fact]
    public async Task Invitation_ends_after_a_day()
    {
        await Owner.WelcomeAsync(Gateway.Host.WelcomePath!, "maria");
        string path = await InviteAsync("viewer");
        Time.Advance(TimeSpan.FromDays(1));
        using Browser guest = new(Gateway.Host.HttpEndPoint);

        Assert.Equal(HttpStatusCode.Forbidden, await guest.WelcomeAsync(path, "guest"));
    }

    [Fact]
    public async Task Invitation_changes_nobody_elses_password()
    {
        await Owner.WelcomeAsync(Gateway.Host.WelcomePath!, "maria");
        string path = await InviteAsync("owner");
        using Browser guest = new(Gateway.Host.HttpEndPoint);

        Assert.Equal(HttpStatusCode.Conflict, await guest.WelcomeAsync(path, "Maria", "quite another phrase"));
        Assert.Equal(HttpStatusCode.NoContent, await Owner.SignInAsync("maria"));
    }

    [Fact]
    public async Task Wrong_codes_use_up_the_addresss_budget()
    {
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, await Owner.WelcomeAsync($"/welcome/{i:x32}", "maria"));
        }

        Assert.Equal(HttpStatusCode.Forbidden, await Owner.WelcomeAsync(Gateway.Host.WelcomePath!, "maria"));
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.NoContent, await Owner.WelcomeAsync(Gateway.Host.WelcomePath!, "maria"));
    }

    private async Task<string> InviteAsync(string role)
    {
        using HttpResponseMessage answer = await Owner.SendAsync("POST", "/v1/invitations", new { role });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("path").GetString()!;
    }
}
