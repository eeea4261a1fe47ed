using MicroFirmware.Browser.Tests.Harness;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Lightning.Invoices;
using MicroFirmware.Lightning.Tests.Rig;
using Microsoft.Playwright;

namespace MicroFirmware.Browser.Tests;

/// <summary>What is on a board's account leaves by the page, over a real Lightning channel.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PayoutTests(Chromium browser, LightningRig lightning) : IClassFixture<LightningRig>, IDisposable
{
    // What the operator gives the board: to earn as much takes minutes on a slow machine.
    private const long BonusMsat = 5_000;

    private readonly string _credential = Path.GetTempFileName();

    /// <summary>Removes the node's credential.</summary>
    public void Dispose() => File.Delete(_credential);

    [RigBrowserFact]
    public async Task Satoshi_of_a_board_are_paid_out_and_the_payees_node_has_them()
    {
        await File.WriteAllTextAsync(_credential, $"{ElectrumDaemon.User}:{ElectrumDaemon.Password}");
        await using Farm farm = await Farm.OfAsync(1, Configure);
        Account board = Account.Device("attic");
        PostResult given = await farm.Gateway.Room<Journal>().PostAsync(
            new Posting("bonus:attic", 0, "bonus", [new Entry(Account.Operator, board, BonusMsat)]));
        Assert.Equal(PostResult.Posted, given);
        string invoice = await lightning.InvoiceAsync(2, "paid out in a browser");
        await browser.VisitAsync(farm.Owned, async visit =>
        {
            IPage page = visit.Page;
            await visit.GoAsync("/money");
            await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "device:attic" }).ClickAsync();
            await visit.ExpectTitleAsync("device:attic");

            await page.GetByRole(AriaRole.Button, new() { Name = "Pay", Exact = true }).ClickAsync();
            ILocator question = page.GetByRole(AriaRole.Dialog);
            await page.GetByLabel("To; empty for its target").FillAsync(invoice);
            await visit.ReadAsync("money-pay-light");
            await question.GetByRole(AriaRole.Button, new() { Name = "Pay", Exact = true }).ClickAsync();

            await Assertions.Expect(page.Locator("tbody tr").First).ToContainTextAsync("Paid");
            await visit.ReadAsync("money-payouts-paid-light");
            await visit.GoAsync("/money/account?name=device%3Aattic");
            await visit.ReadAsync("money-account-paid-light");
        });

        Assert.True(Bolt11Reader.TryRead(invoice, out Bolt11Invoice? paid, out string problem), problem);
        string hash = Convert.ToHexStringLower(paid!.PaymentHash);
        await Patience.UntilAsync("the payee has it", async () =>
            (await lightning.Payee.CallAsync("lightning_history")).EnumerateArray()
            .Any(entry => entry.GetProperty("payment_hash").GetString() == hash));
    }

    private void Configure(GatewayOptions options)
    {
        options.Payouts.Kind = "electrum";
        options.Payouts.Url = lightning.Payer.Address.ToString();
        options.Payouts.CredentialFile = _credential;
        options.Payouts.Chain = "bcrt";
        (options.Payouts.FeeBaseMsat, options.Payouts.FeePpm) = (0, 0);
    }
}
