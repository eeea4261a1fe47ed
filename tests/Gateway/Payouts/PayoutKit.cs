using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Events;
using MicroFirmware.Gateway.Payouts;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Lightning.Addresses;
using MicroFirmware.Lightning.Payouts;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Gateway.Tests.Payouts;

/// <summary>The room of payouts with a ledger in memory, a scripted node, a payee's page and a clock that stands.
/// </summary>
internal sealed class PayoutKit : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly MemoryLedgerStore _book = new();
    private PayoutStore? _store;
    private long _number;

    public PayoutKit(Action<PayoutSettings>? configure = null)
    {
        Page = new PayeePage(Time);
        Events = new EventJournal(Path.Combine(_directory.Path, "events.db"), Time);
        configure?.Invoke(Settings);
        Open();
    }

    public PayoutSettings Settings { get; } = new() { Kind = "electrum", ThresholdMsat = 100_000 };

    /// <summary>Where the room writes down what became of payouts.</summary>
    public string File => _directory.File("payouts.db");

    public ManualTime Time { get; } = new();

    public ScriptedNode Node { get; } = new();

    public PayeePage Page { get; }

    public EventJournal Events { get; }

    public Journal Journal { get; private set; } = null!;

    public TargetBook Targets { get; private set; } = null!;

    public PayoutRoom Room { get; private set; } = null!;

    public PayoutSchedule Schedule { get; private set; } = null!;

    public Task EarnAsync(Account account, long msat) => Journal.PostAsync(
        new Posting($"tariff:{Interlocked.Increment(ref _number)}", 1, "",
            [new Entry(Account.Operator, account, msat)]));

    public Int128 BalanceOf(Account account) => Journal.Find(account.Name)?.Amount ?? 0;

    public void SetTarget(Account account, string text = PayeePage.Address, long? threshold = null) =>
        Assert.Equal((PayoutFault.None, ""), (Targets.Set(account.Name, text, threshold, TargetBook.ByOwner,
            out string problem), problem));

    /// <summary>Pays, and waits for the node's answer.</summary>
    public async Task<PayoutRecord> PayAsync(Account account, string? to = null, long? amountMsat = null)
    {
        PayoutStart start = Room.Begin(account.Name, to, amountMsat, dryRun: false, PayoutRecord.Owner);
        Assert.True(start.Payout is not null, $"{start.Fault}: {start.Detail}");
        return await Room.WaitAsync(start.Payout!, TimeSpan.FromMinutes(1), default);
    }

    /// <summary>Ends this run without a word, and begins another on the same files.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        Open();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Events.Dispose();
        _directory.Dispose();
    }

    private async Task CloseAsync()
    {
        await Schedule.DisposeAsync();
        await Room.DisposeAsync();
        Journal.Dispose();
        _store!.Dispose();
    }

    private void Open()
    {
        Journal = Journal.Open(() => _book);
        _store = PayoutStore.Open(File);
        Targets = new TargetBook(_store, Journal, Settings, Time);
        PayoutDesk desk = new(Journal, Node, Settings.Desk, Time);
        InvoiceDesk invoices = new(new LnurlPayClient(Page, Uri.UriSchemeHttps));
        Room = new PayoutRoom(_store, Targets, invoices, desk, Journal, Node, Settings, Time, Events,
            NullLogger<PayoutRoom>.Instance);
        Schedule = new PayoutSchedule(
            Room, Targets, Journal, Settings, Time, NullLogger<PayoutSchedule>.Instance);
        Room.Resume();
    }
}
