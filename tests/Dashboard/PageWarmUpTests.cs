using System.Collections.Concurrent;
using MicroFirmware.Gateway;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Upstreams;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Dashboard.Tests;

public class PageWarmUpTests
{
    [Fact]
    public async Task First_page_is_made_ahead_without_a_complaint()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("dashboard-tests-");
        Complaints complaints = new();
        GatewayOptions options = new();
        (options.Http.Port, options.Mqtt.Port) = (0, 0);
        options.Storage.DataDirectory = folder.FullName;
        using (EmbeddedChain chain = new(
            EmbeddedChain.DefaultBlockTime, () => 0, TimeProvider.System, new MemoryChainStore()))
        {
            await using GatewayHost host = GatewayHost.Create(options, TimeProvider.System, new Random(1), chain,
                logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(complaints), DashboardSite.Extension);
            await host.StartAsync();
        }

        folder.Delete(recursive: true);
        Assert.DoesNotContain(complaints.Lines, line => !line.Contains("does not wait", StringComparison.Ordinal));
    }

    /// <summary>What the warm-up says; it says something only where something is wrong.</summary>
    private sealed class Complaints : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => categoryName == typeof(PageWarmUp).FullName
            ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
