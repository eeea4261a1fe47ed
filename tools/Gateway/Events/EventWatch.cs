using MicroFirmware.Gateway.Shares;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Storage;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Events;

/// <summary>Writes what happens in other rooms into the journal: some of them say so, others are looked at.</summary>
internal sealed class EventWatch(
    BoardWatch boards,
    UpstreamWatch upstreams,
    BlockDesk blocks,
    GroupCommit store,
    EventJournal journal,
    TimeProvider time,
    ILogger<EventWatch> log) : IDisposable
{
    /// <summary>From one look to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private ITimer? _timer;
    private int _busy;

    /// <summary>Begins; to be called when the devices are loaded.</summary>
    public void Start()
    {
        boards.Start();
        blocks.Found += OnFound;
        blocks.Settled += OnSettled;
        store.FaultChanged += OnFault;
        journal.Publish(EventKind.GatewayStarted, "", "The gateway started.");
        _timer = time.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    public void Dispose()
    {
        _timer?.Dispose();
        blocks.Found -= OnFound;
        blocks.Settled -= OnSettled;
        store.FaultChanged -= OnFault;
    }

    private void Look()
    {
        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            return;
        }

        try
        {
            boards.Look();
            upstreams.Look();
        }
        catch (Exception e)
        {
            // A timer's callback has nobody above it: what one look met must not end the process.
            log.LogError(e, "Looking for what has happened failed.");
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    private void OnFound(FoundBlock block) => journal.Publish(EventKind.BlockFound, block.Device,
        $"{block.Device} found block {block.Height}, {block.Hash}. It is being handed in.");

    private void OnSettled(FoundBlock block)
    {
        bool isTaken = block.State == BlockState.Accepted;
        journal.Publish(isTaken ? EventKind.BlockAccepted : EventKind.BlockRefused, block.Device, isTaken
            ? $"Block {block.Height} of {block.Device} is in the chain: {block.Hash}."
            : $"Block {block.Height} of {block.Device} was refused: {block.Reason}");
    }

    private void OnFault(StorageException? fault)
    {
        if (fault is null)
        {
            journal.Publish(EventKind.StoreBack, "", "The database works again.");
        }
        else
        {
            journal.Publish(EventKind.StoreFailed, "",
                $"Nothing can be stored, so no share is acknowledged. {fault.Message}");
        }
    }
}
