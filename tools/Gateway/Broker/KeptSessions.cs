using System.Diagnostics.Metrics;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Mqtt.Storage;
using MicroFirmware.Protocol;
using MicroFirmware.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Broker;

/// <summary>
/// Sessions that outlive the gateway. What was retained was true of the run before: after a crash no last will has
/// corrected it. So every status comes back as <c>offline</c>, until its board connects again, and nothing else does.
/// </summary>
internal sealed class KeptSessions : ISessionStore
{
    private readonly SqliteSessionStore _store;

    /// <summary>Opens the file in the gateway's directory.</summary>
    /// <exception cref="StorageException">It cannot be opened; the message says what to do.</exception>
    public KeptSessions(DataDirectory directory, ILogger<SqliteSessionStore> log) =>
        _store = Guard(() => new SqliteSessionStore(directory.SessionsPath, logger: log));

    /// <summary>How much is written, and how long that takes.</summary>
    public Meter Meter => _store.Meter;

    /// <inheritdoc/>
    /// <exception cref="StorageException">It cannot be read; the message says what to do.</exception>
    public StoredState Load()
    {
        StoredState state = Guard(_store.Load);
        StoredMessage[] retained = [.. state.Retained.Select(Correct).Where(message => !message.Payload.IsEmpty)];
        return new StoredState(state.Sessions, retained);
    }

    /// <inheritdoc/>
    public void Append(in SessionChange change, IStoreWaiter? waiter = null) => _store.Append(change, waiter);

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    /// <summary>The message as it is true now, in the file too; an empty payload clears its topic.</summary>
    private StoredMessage Correct(StoredMessage message)
    {
        bool isStatus = Topics.Parse(message.Topic, out _) == TopicKind.Status;
        StoredMessage now = message with { Payload = isStatus ? "offline"u8.ToArray() : default };
        _store.Append(new SessionChange(
            SessionChangeKind.Retained, Text: now.Topic, Payload: now.Payload, QoS: now.QoS));
        return now;
    }

    private static T Guard<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (SqliteException e)
        {
            throw new StorageException(e.SqliteExtendedErrorCode, $"sessions.db: {e.Message}");
        }
    }
}
