using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Owner;

namespace MicroFirmware.Gateway.Boards;

/// <summary>Orders to many boards at once, with an answer for each: an order that one board does not get is no reason
/// to keep it from the others, and none to say nothing of it.</summary>
internal sealed class FleetOrders(OrderDesk desk, DeviceRegistry registry)
{
    // As many as find room in one commit or two; more would only wait.
    private const int AtOnce = 64;

    /// <summary>Sends an order to each of some boards.</summary>
    /// <param name="ids">The boards.</param>
    /// <param name="order">The order.</param>
    /// <param name="told">Hears of each board as soon as its answer is known, on any thread; may be null.</param>
    /// <param name="cancel">Sends no more; what was sent is sent.</param>
    /// <exception cref="ArgumentException">It is no order.</exception>
    public Task<IReadOnlyList<OrderOutcome>> SendAsync(
        IReadOnlyCollection<string> ids, Order order, Action<OrderOutcome>? told, CancellationToken cancel)
    {
        // A command is stamped with its counter, so each board gets one of its own.
        _ = order.ToCommand() ?? throw new ArgumentException("There is no such order.", nameof(order));
        return EachAsync(ids, id => desk.SendAsync(id, order.ToCommand()!, cancel), told, cancel);
    }

    /// <summary>Revokes each of some devices.</summary>
    public Task<IReadOnlyList<OrderOutcome>> RevokeAsync(
        IReadOnlyCollection<string> ids, Action<OrderOutcome>? told, CancellationToken cancel) =>
        EachAsync(ids, async id => await desk.RevokeAsync(id, cancel) ? OrderResult.Sent : NotDone(id), told, cancel);

    /// <summary>Lets each of some revoked devices in again.</summary>
    public Task<IReadOnlyList<OrderOutcome>> RestoreAsync(
        IReadOnlyCollection<string> ids, Action<OrderOutcome>? told, CancellationToken cancel) =>
        EachAsync(ids, async id => await desk.RestoreAsync(id, cancel) ? OrderResult.Sent : NotDone(id), told, cancel);

    /// <summary>Calls each of some devices something else.</summary>
    /// <param name="ids">The devices.</param>
    /// <param name="change">Makes the new label of the old one.</param>
    /// <param name="told">Hears of each as soon as its answer is known, on any thread; may be null.</param>
    /// <param name="cancel">Changes no more.</param>
    public Task<IReadOnlyList<OrderOutcome>> LabelAsync(
        IReadOnlyCollection<string> ids,
        Func<BoardLabel, BoardLabel> change,
        Action<OrderOutcome>? told,
        CancellationToken cancel) => LabelAsync(ids, (_, label) => change(label), told, cancel);

    /// <summary>Calls each of some devices something of its own.</summary>
    /// <param name="ids">The devices.</param>
    /// <param name="change">Makes a device's new label of its id and the old one.</param>
    /// <param name="told">Hears of each as soon as its answer is known, on any thread; may be null.</param>
    /// <param name="cancel">Changes no more.</param>
    public Task<IReadOnlyList<OrderOutcome>> LabelAsync(
        IReadOnlyCollection<string> ids,
        Func<string, BoardLabel, BoardLabel> change,
        Action<OrderOutcome>? told,
        CancellationToken cancel) => EachAsync(
        ids, async id => await registry.LabelAsync(id, label => change(id, label), cancel)
            ? OrderResult.Sent
            : NotDone(id), told, cancel);

    private OrderResult NotDone(string id) =>
        registry.Find(id) is null ? OrderResult.NoSuchDevice : OrderResult.StoreUnavailable;

    private static async Task<IReadOnlyList<OrderOutcome>> EachAsync(
        IReadOnlyCollection<string> ids,
        Func<string, Task<OrderResult>> give,
        Action<OrderOutcome>? told,
        CancellationToken cancel)
    {
        OrderOutcome[] outcomes = new OrderOutcome[ids.Count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(ids.Index(), options, async (item, _) =>
        {
            outcomes[item.Index] = new OrderOutcome(item.Item, await give(item.Item));
            told?.Invoke(outcomes[item.Index]);
        });
        return outcomes;
    }
}
