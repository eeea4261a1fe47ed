using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Trust;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Tests.Access;

/// <summary>What must be known to nobody but its owner stands in no log and in no file.</summary>
public sealed class SecrecyTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ConcurrentQueue<string> _log = new();
    private GatewayHost? _host;

    [Fact]
    public async Task Secrets_stand_in_no_log_and_in_no_file()
    {
        _host = await StartAsync();
        string link = _host.WelcomePath!.Split('/')[^1];
        using Browser owner = new(_host.HttpEndPoint);
        await owner.StatusOf("GET", _host.WelcomePath!);
        await owner.WelcomeAsync(_host.WelcomePath!, "maria");
        await owner.SignInAsync("my password in the wrong field", "x");
        await owner.SignInAsync("maria", "nearly the right one");
        string session = owner.Secret;
        using HttpResponseMessage made = await owner.SendAsync(
            "POST", "/v1/tokens", new { name = "Grafana", scopes = new[] { "read" } });
        string token = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
        using HttpResponseMessage invited = await owner.SendAsync("POST", "/v1/invitations", new { role = "viewer" });
        string invitation = (await invited.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("path").GetString()!;
        await _host.StopAsync();

        string[] secrets =
        [
            link, session, token.Split('-')[0], invitation.Split('/')[^1], Browser.Password, "nearly the right one",
            "my password in the wrong field", _host.NewOwnerToken!.Secret,
        ];

        string log = string.Join('\n', _log);
        Assert.Contains("maria signed in from 127.0.0.1", log);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, log));
        Assert.All(FilesOf(_directory.Path), file => Assert.All(secrets, secret =>
            Assert.False(Holds(file, secret), $"{Path.GetFileName(file)} holds a secret")));
    }

    [Fact]
    public async Task Files_of_secrets_are_their_owners_alone()
    {
        _host = await StartAsync();
        string[] keys = [.. FilesOf(_directory.Path).Where(file => Path.GetExtension(file) is ".xml" or ".key")];

        Assert.NotEmpty(keys);
        Assert.All(keys, file => Assert.False(OwnerFile.IsOpenToOthers(file)));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await (_host?.DisposeAsync() ?? default);
        _directory.Dispose();
    }

    private async Task<GatewayHost> StartAsync()
    {
        GatewayOptions options = new();
        (options.Http.Port, options.Mqtt.Port) = (0, 0);
        options.Storage.DataDirectory = _directory.Path;
        GatewayHost host = GatewayHost.Create(options, TimeProvider.System, new Random(1), new FixedUpstream(),
            logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Scribe(_log)));
        await host.StartAsync();
        return host;
    }

    /// <summary>All but the one that the running gateway locks, which is empty.</summary>
    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock"));

    private static bool Holds(string file, string secret)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] octets = new byte[stream.Length];
        stream.ReadExactly(octets);
        return octets.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0;
    }

    private sealed class Scribe(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => log.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
