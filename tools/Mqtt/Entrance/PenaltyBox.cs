using System.Net;
using MicroFirmware.Mqtt.Broker;
using Microsoft.AspNetCore.Connections;

namespace MicroFirmware.Mqtt.Entrance;

/// <summary>
/// Clients that are to be closed because they broke the rules are closed later, unread meanwhile, once their address
/// has sent too many such clients lately: one that comes again whenever it is closed comes that much less often. It is
/// the client that is held, not its address: others behind the same NAT are served as ever.
/// </summary>
internal sealed class PenaltyBox(BrokerOptions options, TimeProvider time) : IDisposable
{
    // A board that is misconfigured retries every few seconds; a handful of them are told at once what is wrong.
    private const int FreeFaults = 20;
    private const double ForgivenPerSecond = 1;

    private readonly Lock _sync = new();
    private readonly AddressBudget _faults = new(FreeFaults, ForgivenPerSecond);
    private readonly CancellationTokenSource _stop = new();
    private readonly long _started = time.GetTimestamp();
    private int _held;

    /// <summary>Clients that are held.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Counts a fault of a client.</summary>
    /// <returns>Whether it is held from now on: then <see cref="HoldAsync"/> has to follow.</returns>
    public bool TryHold(EndPoint? from)
    {
        lock (_sync)
        {
            long nowMs = (long)time.GetElapsedTime(_started).TotalMilliseconds;
            if (options.PenaltyTime == TimeSpan.Zero || AddressBudget.KeyOf(from) is not { } address
                || _faults.TryTake(address, nowMs) || _held >= options.MaxHeldConnects
                || _stop.IsCancellationRequested)
            {
                return false;
            }

            _held++;
            return true;
        }
    }

    /// <summary>Lets the penalty's time pass, or as much of it as the client has patience for.</summary>
    public async Task HoldAsync(ConnectionContext connection)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, _stop.Token);
        await Task.Delay(options.PenaltyTime, time, ended.Token).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing);
        lock (_sync)
        {
            _held--;
        }

        connection.Abort(new ConnectionAbortedException("MQTT: broke the rules"));
    }

    /// <summary>Lets everybody go.</summary>
    public void Dispose() => _stop.Cancel();
}
