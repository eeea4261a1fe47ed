using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Storage;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Mqtt.Tests.Fuzz;

/// <summary>Remembers lines, and the first one that only a defect writes.</summary>
internal sealed class ErrorLog : ILogger<MqttBroker>, ILogger<SqliteSessionStore>
{
    private readonly Lock _sync = new();
    private readonly List<string> _lines = [];

    private const int MaxLines = 1_000;

    public string? First { get; private set; }

    public int Lines
    {
        get
        {
            lock (_sync)
            {
                return _lines.Count;
            }
        }
    }

    /// <summary>The first thousand lines.</summary>
    public string All => string.Join('\n', _lines);

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
        string line = $"{formatter(state, exception)} {exception}";
        lock (_sync)
        {
            First ??= logLevel >= LogLevel.Error ? line : null;
            if (_lines.Count < MaxLines)
            {
                _lines.Add(line);
            }
        }
    }
}
