using MicroFirmware.Bitcoin;
using MicroFirmware.Lightning.Backends;

namespace MicroFirmware.Lightning.Tests.Rig;

/// <summary>Two real Lightning nodes on a chain of their own, with a channel from the payer to the payee.</summary>
public sealed class LightningRig : IAsyncLifetime
{
    // bcoin's regression test chain has segwit from height 432 on.
    private const int SegwitBlocks = 440;
    private const int Maturity = 101;

    private static readonly TimeSpan s_frozen = TimeSpan.FromSeconds(3);
    private static readonly byte[] s_nobody = new byte[20];

    private readonly string _directory = Directory.CreateTempSubdirectory("lightning-rig-").FullName;
    private BcoinChain? _chain;
    private ElectrumServer? _server;

    internal ElectrumDaemon Payer { get; private set; } = null!;

    internal ElectrumDaemon Payee { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (!RigFactAttribute.IsWanted)
        {
            return;
        }

        _chain = await BcoinChain.StartAsync(Path.Combine(_directory, "bcoin"));
        await _chain.MineAsync(SegwitBlocks, s_nobody);
        _server = new ElectrumServer(_chain);
        Payer = await ElectrumDaemon.CreateAsync(Path.Combine(_directory, "payer"), _server.Port);
        Payee = await ElectrumDaemon.CreateAsync(Path.Combine(_directory, "payee"), _server.Port);
        await OpenChannelAsync();
    }

    public Task DisposeAsync()
    {
        Payer?.Dispose();
        Payee?.Dispose();
        _server?.Dispose();
        _chain?.Dispose();
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>The payer, as a gateway sees it.</summary>
    internal ElectrumBackend Backend() => BackendOf(Payer);

    /// <summary>Kills the payer's node and starts it again; returns when it can pay.</summary>
    internal async Task RestartPayerAsync()
    {
        Payer.Kill();
        await Payer.StartAsync();
        await UntilPeersTalkAsync();
    }

    /// <summary>Stops the payee's node for a while; returns when it can be paid again.</summary>
    internal async Task FreezePayeeAsync()
    {
        await Payee.SignalAsync("STOP");
        using (PeriodicTimer frozen = new(s_frozen))
        {
            await frozen.WaitForNextTickAsync();
        }

        await Payee.SignalAsync("CONT");
        await UntilPeersTalkAsync();
    }

    /// <summary>An invoice of the payee.</summary>
    internal async Task<string> InvoiceAsync(long satoshi, string memo)
    {
        using ElectrumBackend payee = BackendOf(Payee);
        string? invoice = await payee.RequestAsync(1_000 * satoshi, memo, TimeSpan.FromHours(2), default);
        return invoice ?? throw new InvalidOperationException("The payee gives no invoice.");
    }

    private static ElectrumBackend BackendOf(ElectrumDaemon node) => new(
        new ElectrumOptions(node.Address, ElectrumDaemon.User, ElectrumDaemon.Password), new SocketsHttpHandler());

    private async Task OpenChannelAsync()
    {
        string address = (await Payer.CallAsync("getunusedaddress")).GetString()!;
        Assert.True(Bech32.TryDecode(address, "bcrt", out _, out byte[] program));
        await _chain!.MineAsync(3, program);
        await _chain.MineAsync(Maturity, s_nobody);
        await Patience.UntilAsync("the payer has money", async () =>
            (await Payer.CallAsync("getbalance")).TryGetProperty("confirmed", out _));
        await Patience.UntilAsync("the payer has caught up", async () =>
            (await Payer.CallAsync("is_synchronized")).GetBoolean());
        string node = (await Payee.CallAsync("nodeid")).GetString()!;

        // The wallet says that it has caught up before it has: until then it refuses for want of money.
        await Patience.UntilAsync("the payer opens a channel", async () =>
            (await Payer.CallAsync("open_channel", ("connection_string", node), ("amount", "0.1"))).GetString() != "");
        await Patience.UntilAsync("the channel is open", async () =>
        {
            await _chain.MineAsync(1, s_nobody);
            return await IsOpenAsync(Payer) && await IsOpenAsync(Payee);
        });
    }

    private Task UntilPeersTalkAsync() => Patience.UntilAsync("the channel is there again", async () =>
        (await Payer.CallAsync("list_channels")).EnumerateArray().Any(channel =>
            channel.GetProperty("state").GetString() == "OPEN"
            && channel.GetProperty("peer_state").GetString() == "GOOD"));

    private static async Task<bool> IsOpenAsync(ElectrumDaemon node) => (await node.CallAsync("list_channels"))
        .EnumerateArray().Any(channel => channel.GetProperty("state").GetString() == "OPEN");
}
