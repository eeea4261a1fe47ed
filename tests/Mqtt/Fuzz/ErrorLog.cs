using MicroFirmware.Mqtt.Broker;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Mqtt.Tests.Fuzz;

/// <summary>Counts lines, and remembers the first one that only a defect writes.</summary>
internal sealed class ErrorLog : ILogger<MqttBroker>
{
    private int _lines;

    public string? First { get; private set; }

    public int Lines => Volatile.Read(ref _lines);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        Interlocked.Increment(ref _lines);
        if (logLevel >= LogLevel.Error)
        {
            First ??= $"{formatter(state, exception)} {exception}";
        }
    }
}
