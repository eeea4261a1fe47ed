using MicroFirmware.Gateway.Devices;
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
    DeviceRegistry registry, GroupCommit store, MqttBroker broker, Announcer homeAssistant)
{
    // One at a time: a command that overtook another would make the board refuse the other as old.
    private readonly SemaphoreSlim _sending = new(1);

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

        if (broker.FindSession(id) is not { IsConnected: true } session)
        {
            return OrderResult.Offline;
        }

        await _sending.WaitAsync(cancel);
        try
        {
            return await SendAsync(device, session, command, cancel);
        }
        finally
        {
            _sending.Release();
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
        }

        return revoked;
    }

    /// <summary>Registers a board in the owner's name; one that had the id before is cut off.</summary>
    public async Task<EnrolResult> EnrolAsync(
        string id, ReadOnlyMemory<byte> key, bool replace, CancellationToken cancel)
    {
        EnrolResult result = await registry.EnrolAsync(id, key, replace, cancel);
        if (result == EnrolResult.Replaced)
        {
            broker.FindSession(id)?.Disconnect();
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
