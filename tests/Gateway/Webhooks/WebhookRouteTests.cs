using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Mqtt.Tests;

namespace MicroFirmware.Gateway.Tests.Webhooks;

/// <summary>Webhooks by the API, on a gateway that runs.</summary>
public sealed class WebhookRouteTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _http = new();
    private GatewayHost _host = null!;
    private Receiver _receiver = null!;

    public async Task InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        GatewayOptions options = GatewayConfiguration.Load(
            ["--Http:Port=0", "--Mqtt:Port=0", $"--Storage:DataDirectory={_directory.Path}"], _directory.Path);
        _host = GatewayHost.Create(options, TimeProvider.System, new Random(1), new FixedUpstream());
        await _host.StartAsync();
        _http.BaseAddress = new Uri($"http://{_host.HttpEndPoint}");
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", _host.NewOwnerToken!.Reveal());
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
        await _receiver.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task One_that_is_set_gets_the_next_event_and_is_shown_by_its_host_alone()
    {
        Assert.Equal(HttpStatusCode.NoContent, await PutAsync(New()));
        string list = await _http.GetStringAsync("/v1/webhooks");
        Assert.DoesNotContain("business", list);
        Assert.DoesNotContain(Receiver.Secret, list);
        string name = JsonDocument.Parse(list).RootElement.GetProperty("webhooks")[0].GetProperty("name").GetString()!;
        EventJournal journal = _host.Room<EventJournal>();
        await Waiting.UntilAsync(() => journal.TakenBy(name) is not null);

        journal.Publish(EventKind.BoardLost, "kitchen", "It is gone.");
        await Waiting.UntilAsync(() => _receiver.TextsTaken.Contains("It is gone."));

        // What is left out is as it was.
        Assert.Equal(HttpStatusCode.NoContent, await PutAsync(new { name, events = "payout-failed" }));
        WebhookOptions changed = _host.Room<Live<GatewayOptions>>().Now.Webhooks.Single();
        Assert.Equal((Receiver.Secret, "payout-failed", true), (changed.Secret, changed.Events, changed.Private));
        Assert.Equal(HttpStatusCode.NoContent, await PutAsync());
        Assert.Empty(_host.Room<Live<GatewayOptions>>().Now.Webhooks);
    }

    [Fact]
    public async Task Test_says_whether_it_was_taken_and_keeps_nothing()
    {
        Assert.Contains("took the test", await TestAsync(New()));
        Receiver.Message message = Assert.Single(_receiver.Came);
        Assert.Equal(("0", "test", true), (message.Id, message.Kind, message.IsSigned));

        _receiver.Answer = _ => 500;
        Assert.Contains("it answered 500", await TestAsync(New()));
        Assert.Empty(_host.Room<SettingsDesk>().Next.Webhooks);
    }

    [Fact]
    public async Task One_that_cannot_be_is_refused_with_what_to_do_and_nothing_is_changed()
    {
        using HttpResponseMessage answer = await _http.PutAsJsonAsync("/v1/webhooks",
            new { webhooks = new object[] { New(), new { url = "ftp://nowhere", secret = "short" } } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("write https://host/path", await answer.Content.ReadAsStringAsync());
        Assert.Empty(_host.Room<SettingsDesk>().Next.Webhooks);
    }

    private object New() => new { url = _receiver.Url, secret = Receiver.Secret, @private = true };

    private async Task<HttpStatusCode> PutAsync(params object[] hooks)
    {
        using HttpResponseMessage answer = await _http.PutAsJsonAsync("/v1/webhooks", new { webhooks = hooks });
        return answer.StatusCode;
    }

    private async Task<string> TestAsync(object hook)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync("/v1/webhooks/test", hook);
        return await answer.Content.ReadAsStringAsync();
    }
}
