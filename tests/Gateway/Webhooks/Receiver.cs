using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Tests.Webhooks;

/// <summary>Somebody else's server: checks every message as PROTOCOL.md says, and answers as a test wants.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    public const string Secret = "a secret of sixteen";
    public const string Path = "/hook/of-nobody's-business";

    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    /// <summary>Every message that came, good or bad, taken or not.</summary>
    public ConcurrentQueue<Message> Came { get; } = [];

    /// <summary>What is answered; told how many came before.</summary>
    public Func<int, int> Answer { get; set; } = _ => StatusCodes.Status204NoContent;

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
        .Addresses.Single() + Path;

    public IEnumerable<string> TextsTaken => Came.Where(message => message.IsTaken).Select(message => message.Text);

    public static async Task<Receiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        Receiver receiver = new(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using MemoryStream body = new();
        await http.Request.Body.CopyToAsync(body);
        byte[] octets = body.ToArray();
        int status = Answer(Came.Count);
        JsonElement json = JsonDocument.Parse(octets).RootElement;
        string signature = http.Request.Headers["Micro-Signature"].ToString();
        Came.Enqueue(new Message(
            http.Request.Headers["Micro-Event-Id"].ToString(), http.Request.Headers["Micro-Event"].ToString(),
            json.GetProperty("text").GetString()!, signature, IsSigned(signature, octets),
            http.Request.Path.Value == Path && status is >= 200 and < 300
                && json.GetProperty("id").ToString() == http.Request.Headers["Micro-Event-Id"].ToString()));
        if (status == StatusCodes.Status302Found)
        {
            http.Response.Headers.Location = "/elsewhere";
        }

        http.Response.StatusCode = status;
    }

    private static bool IsSigned(string signature, byte[] body)
    {
        string[] parts = signature.Split(',');
        string time = parts[0]["t=".Length..];
        byte[] signed = [.. Encoding.ASCII.GetBytes(time + "."), .. body];
        return parts[1] == "v1="
            + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed));
    }

    /// <summary>A message as it came.</summary>
    internal sealed record Message(
        string Id, string Kind, string Text, string Signature, bool IsSigned, bool IsTaken);
}
