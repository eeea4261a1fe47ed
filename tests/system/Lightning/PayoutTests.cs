using System.Text.Json;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Rewards;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Lightning.Tests.Rig;

namespace MicroFirmware.System.Tests.Lightning;

/// <summary>From a board's hash to a payee's node: everything between them is real.</summary>
[Collection(RigCollection.Name)]
public sealed class PayoutTests(LightningRig lightning)
{
    // A thousand satoshi per 2^32 hashes, the most that can be set: boards of a test earn a satoshi in seconds.
    private const ulong Tariff = 1_000_000_000_000_000_000;

    [RigFact]
    public async Task Shares_become_credits_and_payouts_and_the_nodes_history_is_the_ledger()
    {
        HashSet<string> before = [.. (await MoneyRig.SentAsync(lightning.Payer)).Keys];
        string folder;
        List<string> states;
        await using (MoneyRig money = await MoneyRig.StartAsync(lightning.Payer, options =>
        {
            (options.Rewards.Rule, options.Rewards.TariffPicoMsat) = ("tariff", Tariff);
            options.Rewards.Interval = TimeSpan.FromMilliseconds(500);
            options.Payouts.Interval = TimeSpan.FromSeconds(1);
            (options.Payouts.FeeBaseMsat, options.Payouts.FeePpm) = (0, 0);
            options.Shares.StartWork = options.Shares.MinWork = 1 << 16;
        }))
        {
            foreach (string id in new[] { "a", "b" })
            {
                BoardIdentity board = await money.Rig.EnrolAsync(id);
                money.Rig.PowerOn(board, pace: new ScanPace(coreShare: 0.4, hashesPerSecond: 2_000_000));
                await money.SetTargetAsync($"device:{id}", await lightning.InvoiceAsync(2, $"board {id}"));
            }

            await Patience.UntilAsync("both boards are paid", async () =>
                (await PayoutsAsync(money)).Count(payout => StateOf(payout) == "paid") == 2);
            await money.SetTargetAsync("device:a", await lightning.InvoiceAsync(1, "board a again"));
            await Patience.UntilAsync("one is paid again", async () =>
                (await PayoutsAsync(money)).Count(payout => StateOf(payout) == "paid") == 3);

            await money.Rig.Fleet.DrainAsync(Rig.Deadline);
            await money.Rig.StopGatewayAsync();
            states = Verify(money.Rig.Folder, before, await MoneyRig.SentAsync(lightning.Payer));
            folder = money.Rig.Folder;
        }

        Assert.Equal(["device:a", "device:a", "device:b"], states);
        Assert.False(Directory.Exists(folder));
    }

    /// <summary>Compares the book on the disk with the node.</summary>
    /// <returns>Who was paid.</returns>
    private static List<string> Verify(string folder, HashSet<string> before, Dictionary<string, long> sent)
    {
        using ILedgerStore store = SqliteLedgerStore.Open(Path.Combine(folder, "ledger.db"));
        IReadOnlyList<Balance> balances = BookCheck.Verify(store).Balances;
        Int128 Of(Account account) => balances.FirstOrDefault(balance => balance.Account.Name == account.Name).Amount;

        // Credits are what all proven work is worth, to the millisatoshi.
        foreach (string id in new[] { "a", "b" })
        {
            Int128 work = Of(Account.DeviceTariff(id, $"{Tariff}"));
            Balance board = balances.Single(balance => balance.Account.Name == $"device:{id}");
            Int128 returned = ReturnedTo(store, balances, board.Account);
            Assert.Equal(new Tariff(Tariff).Due(work), board.Credits - returned);
            Assert.Equal(0, Of(Account.DeviceWork(id)));
        }

        // Every payment that the node has settled is one payout of the ledger, and the other way round.
        int paid = NumberOf(balances, Account.Paid);
        Dictionary<string, long> booked = store.Read(1)
            .Where(posting => posting.Entries.Any(entry => entry.Credit == paid))
            .ToDictionary(posting => posting.Key.Split(':')[1],
                posting => posting.Entries.Where(entry => entry.Credit == paid).Sum(entry => entry.Amount));
        Assert.Equal(sent.ExceptBy(before, entry => entry.Key).OrderBy(entry => entry.Key),
            booked.OrderBy(entry => entry.Key));
        Assert.Equal(5_000, booked.Values.Sum());
        Assert.Equal(0, Of(Account.Payouts));
        int payouts = NumberOf(balances, Account.Payouts);
        return [.. store.Read(1).SelectMany(posting => posting.Entries)
            .Where(entry => entry.Credit == payouts)
            .Select(entry => balances[entry.Debit - 1].Account.Name).Order(StringComparer.Ordinal)];
    }

    private static Int128 ReturnedTo(ILedgerStore store, IReadOnlyList<Balance> balances, Account account)
    {
        (int payouts, int number) = (NumberOf(balances, Account.Payouts), NumberOf(balances, account));
        return store.Read(1).SelectMany(posting => posting.Entries)
            .Where(entry => entry.Debit == payouts && entry.Credit == number).Sum(entry => entry.Amount);
    }

    private static int NumberOf(IReadOnlyList<Balance> balances, Account account) =>
        balances.Index().First(entry => entry.Item.Account.Name == account.Name).Index + 1;

    private static async Task<IReadOnlyList<JsonElement>> PayoutsAsync(MoneyRig money) =>
        [.. (await money.GetAsync("/v1/payouts")).GetProperty("payouts").EnumerateArray()];

    private static string? StateOf(JsonElement payout) => payout.GetProperty("state").GetString();
}
