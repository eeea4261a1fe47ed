using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Gateway.HomeAssistant;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Mqtt.Broker;
using MicroFirmware.Mqtt.Packets;
using MicroFirmware.Mqtt.Topics;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Owner;

/// <summary>
/// Gives the owner's orders to boards. A command carries a counter that is stored before it leaves, and a tag made with
/// the board's own key: a board obeys each one once, and nobody else's.
/// </summary>
internal sealed class OrderDesk(
    DeviceRegistry registry, GroupCommit store, MqttBroker broker, Announcer homeAssistant, EventJournal journal,
    JoinCodes joinCodes)
{
    // One at a time to a board: a command that overtook another would make it refuse the other as old. Boards are on so
    // many lanes, that an order to a whole fleet waits for the disk a few hundred times and not once a board.
    private const int Lanes = 64;

    private readonly SemaphoreSlim[] _lanes = [.. Enumerable.Range(0, Lanes).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Sends a command to a board that is connected.</summary>
    /// <param name="id">The board.</param>
    /// <param name="command">What to do; its counter is set here.</param>
    /// <param name="cancel">Gives up waiting for the store.</param>
    public async Task<OrderResult> SendAsync(string id, Command command, CancellationToken cancel)
    {
        if (registry.Find(id) is not { } device || device.IsRevoked)
        {
            return OrderResult.NoSuchDevice;
        }

        if (device.IsMiner)
        {
            return OrderResult.TakesNone;
        }

        if (broker.FindSession(id) is not { IsConnected: true } session)
        {
            return OrderResult.Offline;
        }

        SemaphoreSlim lane = _lanes[device.Number % Lanes];
        await lane.WaitAsync(cancel);
        try
        {
            return await SendAsync(device, session, command, cancel);
        }
        finally
        {
            lane.Release();
        }
    }

    /// <summary>Refuses a device from now on, and closes its connection.</summary>
    /// <returns>False when there is none of this id.</returns>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancel)
    {
        bool revoked = await registry.RevokeAsync(id, cancel);
        broker.FindSession(id)?.Disconnect();
        if (revoked)
        {
            homeAssistant.Withdraw(id);
            journal.Publish(EventKind.BoardRevoked, id, $"{id} was revoked: nothing of it is taken any more.");
        }

        return revoked;
    }

    /// <summary>Lets a device that was revoked in again, with the key it had.</summary>
    /// <returns>False when there is none of this id, or the store takes nothing.</returns>
    public Task<bool> RestoreAsync(string id, CancellationToken cancel) => registry.RestoreAsync(id, cancel);

    /// <summary>Registers a board in the owner's name; one that had the id before is cut off.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="key">Its key.</param>
    /// <param name="replace">Whether the id's key, if it has another, is replaced.</param>
    /// <param name="ticket">The join code it came with: is told how it went, and says what is known of the board.
    /// </param>
    /// <param name="cancel">Gives up.</param>
    public async Task<EnrolResult> EnrolAsync(
        string id, ReadOnlyMemory<byte> key, bool replace, JoinTicket? ticket, CancellationToken cancel)
    {
        EnrolResult result = await registry.EnrolAsync(id, key, replace, cancel);
        if (result == EnrolResult.Replaced)
        {
            broker.FindSession(id)?.Disconnect();
        }

        if (ticket is not null)
        {
            joinCodes.Settle(ticket, id, result);
            if (result == EnrolResult.Enrolled && ticket.Wish != JoinWish.None)
            {
                (string model, string group) = (ticket.Wish.Model, ticket.Wish.Group);
                await registry.LabelAsync(id, label => label with { Model = model, Group = group }, cancel);
            }
        }

        return result;
    }

    private async Task<OrderResult> SendAsync(
        Device device, BrokerSession session, Command command, CancellationToken cancel)
    {
        CommitSignal? signal = Number(device, command);
        if (signal is null)
        {
            return OrderResult.StoreUnavailable;
        }

        await signal.Done.WaitAsync(cancel);
        byte[] octets = new byte[command.RecordLength];
        command.Write(octets, 0, device.Key, device.Id);
        return session.TryPublish(new TopicName(Topics.Command(device.Id)), octets, QualityOfService.AtLeastOnce)
            ? OrderResult.Sent
            : OrderResult.Offline;
    }

    private CommitSignal? Number(Device device, Command command)
    {
        lock (device)
        {
            ulong counter = device.CommandCounter + 1;
            CommitSignal signal = new(
                writer => writer.SetCommandCounter.Bind(1, device.Number).Bind(2, (long)counter).Run());
            if (!store.TryAppend(signal))
            {
                return null;
            }

            command.Counter = device.CommandCounter = counter;
            return signal;
        }
    }
}
