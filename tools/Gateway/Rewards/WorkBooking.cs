using MicroFirmware.Gateway.Devices;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Rewards;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Rewards;

/// <summary>
/// Books what devices have proven since the last booking: their durable totals less what the ledger was ever credited
/// with. Nothing else is remembered, so nothing can be counted twice or forgotten.
/// </summary>
internal sealed class WorkBooking(
    DeviceRegistry registry,
    Journal journal,
    WorkTariff price,
    GatewayClock clock,
    ILogger<WorkBooking> log)
{
    /// <summary>Devices in a posting: one commit takes some milliseconds then.</summary>
    private const int DevicesPerPosting = 10_000;

    // By device number: what the ledger holds. It only saves asking; a start begins with an empty one.
    private readonly Dictionary<int, ulong> _booked = [];
    private readonly HashSet<int> _refused = [];

    /// <summary>Books all there is; returns when it is on the disk.</summary>
    public async Task BookAsync()
    {
        Tariff? tariff = price.Current;
        List<ProvenWork> pieces = [];
        List<(int Number, ulong Total)> totals = [];
        foreach (Device device in registry.All())
        {
            ulong total = Volatile.Read(ref device.Totals.Work);
            if (total == _booked.GetValueOrDefault(device.Number) || PieceOf(device, total, tariff) is not { } piece)
            {
                continue;
            }

            pieces.Add(piece);
            totals.Add((device.Number, (ulong)piece.Total));
            if (pieces.Count == DevicesPerPosting)
            {
                await PostAsync(pieces, totals, tariff);
            }
        }

        if (pieces.Count > 0)
        {
            await PostAsync(pieces, totals, tariff);
        }
    }

    private async Task PostAsync(List<ProvenWork> pieces, List<(int Number, ulong Total)> totals, Tariff? tariff)
    {
        PostResult result = await journal.PostAsync(Bookings.Work(clock.UnixMs, [.. pieces], tariff));
        if (result == PostResult.Posted)
        {
            totals.ForEach(total => _booked[total.Number] = total.Total);
        }
        else
        {
            log.LogError("The work of {Count} devices could not be booked: {Result}.", pieces.Count, result);
        }

        pieces.Clear();
        totals.Clear();
    }

    /// <summary>What is to be booked of a device; null for nothing.</summary>
    private ProvenWork? PieceOf(Device device, ulong total, Tariff? tariff)
    {
        string name = Account.NameOf(device.Id);
        Account account = Account.DeviceWork(name);
        Int128 booked = journal.Find(account.Name)?.Credits ?? 0;
        if (booked == total)
        {
            _booked[device.Number] = total;
            return null;
        }

        if (booked > total || !account.IsValid)
        {
            if (_refused.Add(device.Number))
            {
                log.LogError("The ledger holds {Booked} of {Device}, the share store {Total}: was an old copy of the "
                    + "share store put back? Nothing is booked for the device.", booked, device.Id, total);
            }

            return null;
        }

        long work = (long)Int128.Min(total - booked, long.MaxValue);
        Int128 paid = tariff is { } paying
            ? journal.Find(Account.DeviceTariff(name, paying.ToString()).Name)?.Amount ?? 0
            : 0;
        return new ProvenWork(name, Payees.Of(name), work, booked + work, paid);
    }
}
