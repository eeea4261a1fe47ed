using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Rewards;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Storage;

namespace MicroFirmware.Gateway.Tests.Crash;

/// <summary>What must hold of a ledger whose gateways were killed.</summary>
internal static class LedgerAfterCrash
{
    /// <summary>It verifies, is never ahead of the share store, and one round later it says the same.</summary>
    public static async Task AssertAsync(string directory, Database shares)
    {
        Int128 proven = shares.Scalar("SELECT sum(work) FROM shares");
        using (ILedgerStore store = SqliteLedgerStore.Open(Path.Combine(directory, "ledger.db")))
        {
            Int128 booked = Work(BookCheck.Verify(store).Balances);
            Assert.InRange(booked, 1, proven);
        }

        GatewayOptions options = new();
        (options.Http.Port, options.Mqtt.Port, options.Storage.DataDirectory) = (0, 0, directory);
        await using GatewayHost host = GatewayHost.Create(
            options, TimeProvider.System, new Random(1), new FixedUpstream());
        await host.StartAsync();
        await host.Room<RewardDesk>().RoundAsync();
        Assert.Equal(proven, Work(host.Room<Journal>().Accounts(0, int.MaxValue)));
    }

    private static Int128 Work(IEnumerable<Balance> balances) => balances
        .Where(balance => Account.DeviceOfWork(balance.Account.Name) is not null)
        .Aggregate(Int128.Zero, (sum, balance) => sum + balance.Credits);
}
