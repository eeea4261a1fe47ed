using System.Net.Http.Headers;
using MicroFirmware.Gateway.Access;

namespace MicroFirmware.Dashboard.Tests;

/// <summary>The heartbeat of open pages, over HTTP.</summary>
public class LiveRouteTests(Site site) : IClassFixture<Site>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Heartbeat_ends_with_what_let_its_reader_in()
    {
        TokenBook tokens = site.Host.Room<TokenBook>();
        (ApiToken token, var code) = (await tokens.CreateAsync("wall", [AccessScope.Read], 0, null))!.Value;
        using HttpClient http = new() { BaseAddress = site.Browser.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", code.Reveal());
        using StreamReader beats = new(await http.GetStreamAsync("/live"));
        Assert.StartsWith("data: ", await beats.ReadLineAsync().WaitAsync(s_patience));

        await tokens.RevokeAsync(other => other.Id == token.Id);

        await beats.ReadToEndAsync().WaitAsync(s_patience);
    }
}
