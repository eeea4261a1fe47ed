using System.Diagnostics.Metrics;
using System.Threading.Channels;
using MicroFirmware.Mqtt.Broker;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SQLitePCL;

namespace MicroFirmware.Mqtt.Storage;

/// <summary>
/// Sessions and retained messages in one SQLite file (write-ahead log, synchronous=FULL). One writer commits what has
/// come together while the commit before it ran. When a commit fails (disk full, file locked) it is tried again every
/// second, and nothing that depends on it is acknowledged meanwhile.
/// </summary>
public sealed class SqliteSessionStore : ISessionStore
{
    /// <summary>Changes in one transaction, so that the first of them does not wait for too many others.</summary>
    public const int MaxBatch = 4_096;

    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);

    // From a fast disk's flush to one that stalls.
    private static readonly InstrumentAdvice<double> s_times = new()
    {
        HistogramBucketBoundaries = [.001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10],
    };

    private static readonly InstrumentAdvice<int> s_sizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, MaxBatch],
    };

    private readonly Channel<(SessionChange Change, IStoreWaiter? Waiter)> _queue =
        Channel.CreateUnbounded<(SessionChange, IStoreWaiter?)>(new() { SingleReader = true });

    private readonly Meter _meter = new(BrokerMetrics.MeterName);
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _commitTime;
    private readonly SqliteConnection _connection;
    private readonly SqliteSessionWriter _writer;
    private readonly CancellationTokenSource _stop = new();
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private Task _writing = Task.CompletedTask;
    private int _faultCode;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file; two more, ending in -wal and -shm, stand beside it.</param>
    /// <param name="time">The clock; the system's if null.</param>
    /// <param name="logger">Where failing commits are reported; nowhere if null.</param>
    /// <exception cref="SqliteException">The file cannot be opened, or is no database of this version.</exception>
    public SqliteSessionStore(string path, TimeProvider? time = null, ILogger<SqliteSessionStore>? logger = null)
    {
        Batteries_V2.Init();
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger<SqliteSessionStore>.Instance;
        _batchSize = _meter.CreateHistogram(
            "mqtt.store.changes", "{change}", "Changes in one commit.", null, s_sizes);
        _commitTime = _meter.CreateHistogram(
            "mqtt.store.duration", "s", "How long a commit took.", null, s_times);
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        _connection = new SqliteConnection(settings.ToString());
        try
        {
            _connection.Open();
            SqliteSessionSchema.Prepare(_connection);
            _writer = new SqliteSessionWriter(_connection);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Its figures; tells them from another store's in the same process.</summary>
    public Meter Meter => _meter;

    /// <summary>The writer's own connection: tests narrow its limits.</summary>
    internal SqliteConnection Connection => _connection;

    /// <inheritdoc/>
    public StoredState Load()
    {
        StoredState state = SqliteSessionSchema.Load(_connection);
        _writing = Task.Run(WriteAsync);
        return state;
    }

    /// <inheritdoc/>
    public void Append(in SessionChange change, IStoreWaiter? waiter = null) =>
        _queue.Writer.TryWrite((change, waiter));

    /// <summary>Writes what was appended and closes the file.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _stop.Cancel();
        _writing.GetAwaiter().GetResult();
        _writer.Dispose();
        _connection.Dispose();
        _meter.Dispose();
        _stop.Dispose();
    }

    private async Task WriteAsync()
    {
        var batch = new List<(SessionChange Change, IStoreWaiter? Waiter)>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaxBatch && _queue.Reader.TryRead(out (SessionChange, IStoreWaiter?) item))
            {
                batch.Add(item);
            }

            if (!await CommitAsync(batch))
            {
                return;
            }

            Tell(batch);
            batch.Clear();
        }
    }

    private async Task<bool> CommitAsync(List<(SessionChange Change, IStoreWaiter? Waiter)> batch)
    {
        while (true)
        {
            try
            {
                long start = _time.GetTimestamp();
                _writer.Commit(batch);
                Report(null);
                _commitTime.Record(_time.GetElapsedTime(start).TotalSeconds);
                _batchSize.Record(batch.Count);
                return true;
            }
            catch (SqliteException e)
            {
                Report(e);
            }

            try
            {
                await Task.Delay(s_retry, _time, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                // Stopped while it could not write: what was not stored was not acknowledged either.
                return false;
            }
        }
    }

    /// <summary>Once when it begins and once when it ends: the log may be on the disk that is full.</summary>
    private void Report(SqliteException? fault)
    {
        int code = fault?.SqliteExtendedErrorCode ?? 0;
        if (code == _faultCode)
        {
            return;
        }

        _faultCode = code;
        if (fault is null)
        {
            _logger.LogInformation("MQTT sessions can be written again");
        }
        else
        {
            _logger.LogError(fault, "MQTT sessions cannot be written; nothing is acknowledged until they can");
        }
    }

    private static void Tell(List<(SessionChange Change, IStoreWaiter? Waiter)> batch)
    {
        DrainBatch.Begin();
        try
        {
            foreach ((SessionChange _, IStoreWaiter? waiter) in batch)
            {
                waiter?.OnStored();
            }
        }
        finally
        {
            DrainBatch.End();
        }
    }
}
