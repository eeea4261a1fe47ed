using System.Net;
using System.Security.Cryptography;
using MicroFirmware.Articles;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Paywall;
using MicroFirmware.Paywall.Invoices;
using MicroFirmware.Paywall.Stores;
using MicroFirmware.Paywall.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

// A sample: everything is gone at the end, and a stand-in for a Lightning node plays payee and payer.
TimeProvider time = TimeProvider.System;
string folder = Directory.CreateTempSubdirectory("articles-").FullName;
try
{
    LocalNode node = new(time);
    MemoryLedgerStore book = new();
    using Journal journal = Journal.Open(() => book);
    using PaywallStore store = PaywallStore.Open(Path.Combine(folder, "paywall.db"), time);
    byte[] readerKey = RandomNumberGenerator.GetBytes(32);
    await SampleReader.EarnAsync(journal, time);
    Cashier cashier = new(new TokenMint(RandomNumberGenerator.GetBytes(TokenMint.SecretSize)), store, journal, node,
        name => name == SampleReader.Name ? new Payer(SampleReader.Account, readerKey) : null, time);

    await using WebApplication site = ArticleSite.Create(new IPEndPoint(IPAddress.Loopback, 8403), cashier, journal);
    await site.StartAsync();
    Console.WriteLine($"articles at {site.Urls.Single()}/, until Ctrl-C; what a reader does:");
    await SampleReader.ReadAsync(new Uri(site.Urls.Single()), node, readerKey, Console.Out);
    await site.WaitForShutdownAsync();
}
finally
{
    Directory.Delete(folder, recursive: true);
}
