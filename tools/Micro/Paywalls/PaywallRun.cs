using System.Globalization;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Micro.Boards;
using MicroFirmware.Paywall;
using MicroFirmware.Paywall.Invoices;
using MicroFirmware.Paywall.Proxy;
using Microsoft.AspNetCore.Builder;

namespace MicroFirmware.Micro.Paywalls;

/// <summary>A paywall from its start to Ctrl-C.</summary>
internal static class PaywallRun
{
    private const int MaxConnections = 1_000;

    /// <summary>Runs it.</summary>
    /// <exception cref="CommandFailure">It cannot start.</exception>
    public static async Task<int> RunAsync(PaywallOptions options, Terminal terminal, CancellationToken stop)
    {
        PaymentTerms terms = TermsOf(options);
        Dictionary<string, Payer> payers = PayersOf(options.Payers);
        if (payers.Count == 0 && !options.HasStandIn)
        {
            throw new CommandFailure(ExitCode.Configuration, "Nobody could pay.",
                "name boards that pay with their balance (--payers FILE), or try it with --stand-in");
        }

        using PaywallFolder folder = PaywallFolder.Open(options.Data, TimeProvider.System);
        IInvoiceIssuer invoices = options.HasStandIn ? new LocalNode(TimeProvider.System) : new NoNode();
        Cashier cashier = new(
            folder.Mint, folder.Store, folder.Journal, invoices, payers.GetValueOrDefault, TimeProvider.System);
        await using WebApplication proxy = PaywallProxy.Create(
            options.Listen, options.To, cashier, terms, MaxConnections);
        try
        {
            await proxy.StartAsync(stop);
        }
        catch (IOException e)
        {
            throw new CommandFailure(ExitCode.Unreachable, e.Message, "choose another address: --listen", e);
        }

        Tell(options, terms, proxy.Urls.Single(), payers.Count, terminal.Output);
        await UntilStoppedAsync(stop);
        await proxy.StopAsync(CancellationToken.None);
        Int128 earned = folder.Journal.Find(terms.Payee.Name)?.Amount ?? 0;
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"paywall stopped; {terms.Payee.Name} has {earned} msat"));
        return (int)ExitCode.Success;
    }

    private static PaymentTerms TermsOf(PaywallOptions options) =>
        new(options.PriceMsat, PaywallAccounts.Site(options.Site))
        {
            Uses = options.Uses,
            Validity = options.Validity,
            Path = options.CoversSite ? "/" : null,
            Description = $"a page of {options.Site}",
        };

    private static Dictionary<string, Payer> PayersOf(string? file) => file is null
        ? []
        : KeyFile.Read(file).ToDictionary(
            board => board.Id, board => new Payer(Account.Device(Account.NameOf(board.Id)), board.Key));

    private static void Tell(PaywallOptions options, PaymentTerms terms, string url, int payers, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"paywall ready: {url} for {options.To}, {terms.PriceMsat} msat a "
            + $"{(options.CoversSite ? "pass" : "page")} to {terms.Payee.Name}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{payers} boards may pay with their balance, data in {options.Data}"));
        if (options.HasStandIn)
        {
            output.WriteLine("invoices come from a stand-in: real in form, but nobody can pay them by Lightning");
        }
    }

    private static async Task UntilStoppedAsync(CancellationToken stop)
    {
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = stop.Register(stopped.SetResult);
        await stopped.Task;
    }
}
