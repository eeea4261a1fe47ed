using System.Text.Json;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Lightning.Backends;
using MicroFirmware.Lightning.Invoices;
using MicroFirmware.Lightning.Payouts;
using MicroFirmware.Lightning.Tests.Rig;
using Xunit.Abstractions;

namespace MicroFirmware.Lightning.Tests.Payouts;

/// <summary>Payouts over a real channel, with the gateway killed, answers lost, the payee frozen and the payer's node
/// restarted: at the end the ledger is the node's own history, to the millisatoshi.</summary>
[Collection(RigCollection.Name)]
public sealed class RealPayoutTests(LightningRig rig, ITestOutputHelper output) : IDisposable
{
    private const int Payouts = 200;
    private const int Parallel = 20;
    private const int Faults = 30;
    private const int FreezeAt = 60;
    private const int RestartAt = 130;
    private const long Funds = 1_000_000_000;

    private static readonly Account s_board = Account.Device("board-1");

    private readonly string _directory = Directory.CreateTempSubdirectory("payouts-").FullName;
    private readonly ShiftedTime _time = new();
    private readonly Dictionary<string, PayoutFault> _faults = [];
    private Task _disturbance = Task.CompletedTask;

    private string LedgerPath => Path.Combine(_directory, "ledger.db");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [RigFact]
    public async Task Two_hundred_payouts_with_thirty_faults_are_paid_once_or_returned()
    {
        const int seed = 20261120;
        HashSet<string> before = [.. (await SentAsync()).Keys];
        (string Text, string Hash)[] invoices = await InvoicesAsync();
        Random random = new(seed);
        foreach ((int i, int number) in Enumerable.Range(0, Payouts).OrderBy(_ => random.Next()).Take(Faults).Index())
        {
            _faults[invoices[number].Hash] = (PayoutFault)(i % 3);
        }

        await PayAsync([.. invoices.Select(invoice => invoice.Text)]);

        // This clock jumps, so a node that is still trying would be believed too early: a restart ends its attempts.
        await rig.RestartPayerAsync();
        await ReconcileAsync();

        Dictionary<string, long> sent = (await SentAsync()).ExceptBy(before, entry => entry.Key).ToDictionary();
        AssertLedgerIs(sent, [.. invoices.Select(invoice => invoice.Hash)]);
        output.WriteLine($"seed {seed}: {sent.Count} paid, {Payouts - sent.Count} returned");

        Assert.DoesNotContain(sent.Keys, hash =>
            _faults.TryGetValue(hash, out PayoutFault fault) && fault == PayoutFault.KilledBeforeSending);
        Assert.NotEmpty(sent);
    }

    private async Task<(string Text, string Hash)[]> InvoicesAsync()
    {
        List<(string, string)> invoices = [];
        for (int i = 0; i < Payouts; i++)
        {
            string text = await rig.InvoiceAsync(100 + i, $"payout {i}");
            Assert.True(Bolt11Reader.TryRead(text, out Bolt11Invoice? invoice, out string problem), problem);
            invoices.Add((text, Convert.ToHexStringLower(invoice!.PaymentHash)));
        }

        return [.. invoices];
    }

    private async Task PayAsync(string[] invoices)
    {
        using Journal journal = Journal.Open(() => SqliteLedgerStore.Open(LedgerPath));
        await journal.PostAsync(new Posting("block:1", 1, "", [new Entry(Account.Chain, s_board, Funds)]));
        using ElectrumBackend node = rig.Backend();
        PayoutDesk desk = DeskOf(journal, new FaultyBackend(node, invoice =>
            _faults.TryGetValue(Convert.ToHexStringLower(invoice.PaymentHash), out PayoutFault fault) ? fault : null));
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, Parallel).Select(_ => Task.Run(async () =>
        {
            for (int i = Interlocked.Increment(ref next); i < invoices.Length; i = Interlocked.Increment(ref next))
            {
                Disturb(i);
                await _disturbance;
                try
                {
                    PayoutAnswer answer = await desk.PayAsync(s_board, invoices[i]);
                    Assert.True(answer.State != PayoutState.Refused, answer.Reason);
                }
                catch (IOException)
                {
                    // Killed: what was reserved is in the ledger, and nowhere else.
                }
            }
        })));
    }

    /// <summary>A payee that is frozen for a while, and a payer's node that is restarted, with payments under way.
    /// </summary>
    private void Disturb(int payout)
    {
        // What is under way meets it; what comes later waits.
        _disturbance = payout switch
        {
            FreezeAt => rig.FreezePayeeAsync(),
            RestartAt => rig.RestartPayerAsync(),
            _ => _disturbance,
        };
    }

    /// <summary>The next run: another process would see the same file and the same node.</summary>
    private async Task ReconcileAsync()
    {
        using Journal journal = Journal.Open(() => SqliteLedgerStore.Open(LedgerPath));
        using ElectrumBackend node = rig.Backend();
        PayoutDesk desk = DeskOf(journal, node);
        _time.Advance(TimeSpan.FromHours(1));
        await Patience.UntilAsync("no payout is pending", async () => await desk.ReconcileAsync() == 0);
    }

    private PayoutDesk DeskOf(Journal journal, ILightningBackend node) => new(journal, node, new PayoutOptions
    {
        Prefix = "bcrt",
        DailyCapMsat = Funds,
        Patience = TimeSpan.FromSeconds(30),
    }, _time);

    private void AssertLedgerIs(Dictionary<string, long> sent, HashSet<string> known)
    {
        using ILedgerStore store = SqliteLedgerStore.Open(LedgerPath);
        IReadOnlyList<Balance> balances = BookCheck.Verify(store).Balances;
        Int128 BalanceOf(Account account) => balances.FirstOrDefault(b => b.Account == account).Amount;
        int paid = Number(balances, Account.Paid);
        Dictionary<string, long> booked = store.Read(1)
            .Where(posting => posting.Entries.Any(entry => entry.Credit == paid))
            .ToDictionary(posting => posting.Key.Split(':')[1],
                posting => posting.Entries.Where(entry => entry.Credit == paid).Sum(entry => entry.Amount));

        Assert.Equal(sent.OrderBy(entry => entry.Key), booked.OrderBy(entry => entry.Key));
        Assert.Subset(known, sent.Keys.ToHashSet());
        Assert.Equal(0, BalanceOf(Account.Payouts));
        Assert.Equal(sent.Values.Sum(), BalanceOf(Account.Paid));
        Assert.Equal(Funds - sent.Values.Sum(), BalanceOf(s_board));
    }

    private static int Number(IReadOnlyList<Balance> balances, Account account) =>
        balances.Index().First(entry => entry.Item.Account == account).Index + 1;

    /// <summary>What the node itself says that it has paid, fee included, by hash.</summary>
    private async Task<Dictionary<string, long>> SentAsync() => (await rig.Payer.CallAsync("lightning_history"))
        .EnumerateArray()
        .Where(entry => entry.GetProperty("type").GetString() == "payment")
        .ToDictionary(entry => entry.GetProperty("payment_hash").GetString()!, SpentOf);

    private static long SpentOf(JsonElement entry) => -(long)entry.GetProperty("amount_msat").GetDecimal();
}
