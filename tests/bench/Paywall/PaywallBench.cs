using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Paywall;
using MicroFirmware.Paywall.Http;
using MicroFirmware.Paywall.Invoices;
using MicroFirmware.Paywall.Stores;
using MicroFirmware.Paywall.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MicroFirmware.Bench.Paywall;

/// <summary>
/// Pages of a kilobyte behind a price, read with valid L402 tokens over HTTP/1.1 on loopback; the readers share the
/// cores with the server. A token that is counted is on the disk before its page leaves.
/// </summary>
public sealed class PaywallBench : IBench
{
    private const string Page = "/article";
    private const int Connections = 32;

    // Kestrel answers a connection's requests one after the other, and a counted one waits for the disk.
    private const int CountedConnections = 512;
    private const int Runs = 5;
    private const int PageOctets = 1_024;
    private static readonly TimeSpan s_run = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(2);

    public string Name => "paywall";

    public string Description => "paid-for pages/s with a valid L402 token, readers included; also with counted ones";

    public async Task<IReadOnlyList<Figure>> RunAsync(string[] args)
    {
        string directory = Directory.CreateTempSubdirectory("paywall-bench-").FullName;
        try
        {
            double free = await MeasureAsync(Path.Combine(directory, "free"), price: null, uses: null);
            double plain = await MeasureAsync(Path.Combine(directory, "plain"), price: 50, uses: null);
            double counted = await MeasureAsync(Path.Combine(directory, "counted"), price: 50, uses: long.MaxValue);
            return
            [
                new Figure($"{Name}.unpriced", free, "pages/s"),
                new Figure($"{Name}.counted", counted, "pages/s"),
                new Figure(Name, plain, "pages/s"),
            ];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<double> MeasureAsync(string folder, long? price, long? uses)
    {
        Directory.CreateDirectory(folder);
        LocalNode node = new(TimeProvider.System);
        using Journal journal = Journal.Open(() => SqliteLedgerStore.Open(Path.Combine(folder, "ledger.db")));
        using PaywallStore store = PaywallStore.Open(Path.Combine(folder, "paywall.db"), TimeProvider.System);
        Cashier cashier = new(new TokenMint(RandomNumberGenerator.GetBytes(TokenMint.SecretSize)), store, journal,
            node, _ => null, TimeProvider.System, invoicesPerMinute: CountedConnections);
        PaymentTerms terms = new(price ?? 1, PaywallAccounts.Site("bench")) { Uses = uses };
        await using WebApplication app = Serve(cashier, price is null ? null : terms);
        await app.StartAsync();
        IPEndPoint server = new(IPAddress.Loopback, new Uri(app.Urls.Single()).Port);

        int connections = uses is null ? Connections : CountedConnections;
        PageReader[] readers = [.. await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
            new PageReader(Page, await BuyAsync(cashier, node, terms))))];
        await Task.WhenAll(readers.Select(reader => reader.ConnectAsync(server)));
        await ReadAsync(readers, s_warmUp);
        List<double> rates = [];
        for (int run = 0; run < Runs; run++)
        {
            rates.Add(await ReadAsync(readers, s_run));
        }

        Array.ForEach(readers, reader => reader.Dispose());
        string what = price is null ? "free" : uses is null ? "a token" : "a counted token";
        Console.WriteLine($"  {what}: {string.Join(' ', rates.Select(rate => rate.ToString("0")))} pages/s");
        return Figure.Median(rates);
    }

    private static WebApplication Serve(Cashier cashier, PaymentTerms? terms)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting().AddSingleton(cashier);
        WebApplication app = builder.Build();
        byte[] article = new byte[PageOctets];
        RouteHandlerBuilder route = app.MapGet(Page, () => TypedResults.Bytes(article, "text/plain"));
        if (terms is not null)
        {
            route.RequirePayment(terms);
        }

        return app;
    }

    private static async Task<string> BuyAsync(Cashier cashier, LocalNode node, PaymentTerms terms)
    {
        PaymentRequest request = new("", "GET", Page, Page, IPAddress.Loopback);
        Challenge challenge = (await cashier.ChallengeAsync(request, terms, CancellationToken.None))!;
        return $"L402 {challenge.Token}:{Convert.ToHexStringLower(node.Pay(challenge.Invoice)!)}";
    }

    private static async Task<double> ReadAsync(PageReader[] readers, TimeSpan time)
    {
        using CancellationTokenSource stop = new(time);
        long start = Stopwatch.GetTimestamp();
        long[] pages = await Task.WhenAll(readers.Select(reader => Task.Run(() => reader.ReadAsync(stop.Token))));
        return pages.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
