using System.Diagnostics.Metrics;
using System.Globalization;
using MicroFirmware.Ledger.Book;

namespace MicroFirmware.Gateway.Payouts;

/// <summary>Payouts in figures: as instruments of the gateway's meter, and as its statistics show them.</summary>
internal sealed class PayoutMetrics : IDisposable
{
    private readonly Meter _meter = new(GatewayMetrics.MeterName);
    private readonly PayoutRoom _room;
    private readonly PayoutSchedule _schedule;
    private readonly Journal _journal;
    private readonly Counter<long> _ended;

    public PayoutMetrics(PayoutRoom room, PayoutSchedule schedule, Journal journal)
    {
        (_room, _schedule, _journal) = (room, schedule, journal);
        _ended = _meter.CreateCounter<long>("gateway.payouts", "{payout}", "Payouts that came to their end, by it.");
        _meter.CreateObservableUpDownCounter("gateway.payouts.open", () => room.Open.Count, "{payout}",
            "Payouts that have not come to their end.");
        _meter.CreateObservableGauge("gateway.payouts.in_flight", () => Whole(Account.Payouts), "msat",
            "Reserved for payouts whose end is not known.");
        _meter.CreateObservableCounter("gateway.payouts.paid", () => Whole(Account.Paid), "msat",
            "What has left the ledger for good, fees included.");
        room.Ended += Count;
    }

    /// <summary>The meter itself: tells these figures from another gateway's in the same process.</summary>
    public Meter Meter => _meter;

    /// <summary>Payouts at the moment.</summary>
    public GatewayStatistics.PayoutFigures Figures
    {
        get
        {
            IReadOnlyList<PayoutRecord> open = _room.Open;
            return new GatewayStatistics.PayoutFigures(
                _room.Settings.IsEnabled ? _room.Node.Name : null,
                open.Count,
                open.Count(payout => payout.Stage == PayoutStage.AwaitsApproval),
                Digits(Account.Payouts),
                Digits(Account.Paid),
                _schedule.Next);
        }
    }

    public void Dispose()
    {
        _room.Ended -= Count;
        _meter.Dispose();
    }

    private void Count(PayoutRecord payout) =>
        _ended.Add(1, new KeyValuePair<string, object?>("stage", payout.Stage.ToString()));

    private long Whole(Account account) => (long)Int128.Min(BalanceOf(account), long.MaxValue);

    private string Digits(Account account) => BalanceOf(account).ToString(CultureInfo.InvariantCulture);

    private Int128 BalanceOf(Account account) => _journal.Find(account.Name)?.Amount ?? 0;
}
