using System.IO.Pipelines;

namespace MicroFirmware.Mqtt.Broker;

/// <content>The way out: one drain at a time takes what waits and writes it, as much as fits into one write.</content>
internal sealed partial class BrokerConnection
{
    private const int WriteBudget = 32 * 1024;
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(5);

    /// <summary>Sends what waits, unless somebody is at it already. Does not block.</summary>
    public void Drain()
    {
        if (_session is { } session && session.TryBeginDrain(this))
        {
            _ = DrainAsync(session);
        }
    }

    private async Task DrainAsync(BrokerSession session)
    {
        try
        {
            while (session.Fill(this, _output, WriteBudget, out int publishes))
            {
                broker.Metrics.Sent(publishes);
                FlushResult result = await _output.FlushAsync();
                _gate?.Open();
                if (result.IsCompleted || result.IsCanceled)
                {
                    Close(CloseReason.ConnectionLost);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            Close(CloseReason.ConnectionLost);
        }
        catch (Exception e)
        {
            broker.Log.Failed(session.ClientId, e);
            Close(CloseReason.ConnectionLost);
        }
        finally
        {
            session.EndDrain(this);
            _gate?.Open();
        }
    }

    /// <summary>
    /// Waits until nobody writes any more: the transport takes its buffers back when the connection is served. A client
    /// that does not read what is left is given up.
    /// </summary>
    private async ValueTask EndWritingAsync()
    {
        if (_session is not { } session || !session.IsDraining(this))
        {
            return;
        }

        AsyncGate gate = Gate;
        await using ITimer patience = broker.StartTimer(() => Abort("MQTT: does not read"), s_lastWords);
        while (session.IsDraining(this))
        {
            await gate.WaitAsync();
        }
    }
}
