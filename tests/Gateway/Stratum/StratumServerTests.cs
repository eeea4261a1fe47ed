using System.Net.Security;
using System.Text.Json;
using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Gateway.Tests.Jobs;

namespace MicroFirmware.Gateway.Tests.Stratum;

/// <summary>Miners on a whole gateway, from the socket to the store.</summary>
public class StratumServerTests
{
    [Fact]
    public async Task Share_goes_from_the_socket_to_the_store()
    {
        await using RunningGateway gateway = await StartAsync();
        await using LineMiner miner = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!);

        JsonElement answer = await miner.SubmitAsync(miner.Mine());

        Assert.True(answer.GetProperty("result").GetBoolean());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("error").ValueKind);
        Assert.Equal(1, gateway.Scalar(
            "SELECT count(*) FROM shares JOIN devices ON id=device WHERE name='account.worker' AND verdict=0"));
        DeviceReport device = Assert.Single(gateway.Host.Devices);
        Assert.Equal(("account.worker", true, 1L), (device.Id, device.Online, device.Accepted));
        Assert.True(device.Work > 0);
        Assert.Equal((1, 1, 1L), (gateway.Host.Statistics.Stratum.Connections,
            gateway.Host.Statistics.Stratum.Miners, gateway.Host.Statistics.Stratum.Shares));
    }

    [Fact]
    public async Task Share_goes_over_tls_too()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(options => options.Stratum.TlsPort = 0);
        Assert.Null(gateway.Host.StratumEndPoint);
        await using LineMiner miner = await LineMiner.ConnectAsync(gateway.Host.StratumTlsEndPoint!, async plain =>
        {
            // Whom it shows is for the tests of certificates; here it is the way.
            SslStream tls = new(plain, false, (_, _, _, _) => true);
            await tls.AuthenticateAsClientAsync("localhost");
            return tls;
        });
        await miner.CallAsync(1, "mining.subscribe", "");
        await miner.CallAsync(2, "mining.authorize", "\"account.worker\",\"x\"");
        await miner.UntilJobAsync();
        JsonElement answer = await miner.SubmitAsync(miner.Mine());
        Assert.True(answer.GetProperty("result").GetBoolean());
    }

    [Fact]
    public async Task No_port_is_no_server()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync();
        Assert.Null(gateway.Host.StratumEndPoint);
        Assert.Null(gateway.Host.StratumTlsEndPoint);
    }

    [Fact]
    public async Task Extranonce1_is_every_connections_own()
    {
        await using RunningGateway gateway = await StartAsync();
        HashSet<string> all = [];
        List<LineMiner> miners = [];
        for (int i = 0; i < 20; i++)
        {
            miners.Add(await LineMiner.StartAsync(gateway.Host.StratumEndPoint!));
            Assert.True(all.Add(miners[^1].Extranonce1), miners[^1].Extranonce1);
        }

        // One that had work is not given again on the same block.
        await miners[0].DisposeAsync();
        await using LineMiner next = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!);
        Assert.True(all.Add(next.Extranonce1));
        foreach (LineMiner miner in miners)
        {
            await miner.DisposeAsync();
        }
    }

    [Fact]
    public async Task Pool_that_leaves_fewer_octets_is_followed_by_who_takes_extranonces_and_closes_the_others()
    {
        await using RunningGateway gateway = await StartAsync();
        await using LineMiner plain = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!, "account.plain");
        await using LineMiner miner = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!);
        await miner.CallAsync(5, "mining.extranonce.subscribe", "");
        Assert.Equal((8, 4), (miner.Extranonce1.Length, miner.Extranonce2Size));

        gateway.Upstream.Publish(PoolWorks.Template("job", new ExtranonceCounter(4), previous: 9));
        await miner.UntilJobAsync();
        Assert.Equal((4, 2), (miner.Extranonce1.Length, miner.Extranonce2Size));
        Assert.True((await miner.SubmitAsync(miner.Mine())).GetProperty("result").GetBoolean());
        Assert.True(await plain.IsClosedAsync());

        await using LineMiner again = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!, "account.plain");
        Assert.Equal((4, 2), (again.Extranonce1.Length, again.Extranonce2Size));
    }

    [Fact]
    public async Task Notify_with_the_longest_branch_is_one_that_small_miners_read()
    {
        await using RunningGateway gateway = await StartAsync();
        TemplateTransaction[] transactions = [.. Enumerable.Range(0, 8_000).Select(i =>
        {
            Hash256 id = Sha256d.Hash(BitConverter.GetBytes(i));
            return new TemplateTransaction(id, id, new byte[60]);
        })];
        gateway.Upstream.Publish(gateway.Upstream.Current! with { Transactions = transactions });
        await using LineMiner miner = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!);

        Assert.Equal(13, miner.Job[4].GetArrayLength());
        Assert.InRange(miner.LongestLine, 1, 2_048);
    }

    [Fact]
    public async Task Miner_that_comes_before_there_is_work_is_given_it_when_it_is_there()
    {
        await using RunningGateway gateway =
            await RunningGateway.StartAsync(options => options.Stratum.Port = 0, blockWork: 0);
        await using LineMiner miner = await LineMiner.ConnectAsync(gateway.Host.StratumEndPoint!);
        await miner.CallAsync(1, "mining.authorize", "\"account.worker\",\"x\"");
        await miner.CallAsync(2, "mining.subscribe", "");
        gateway.Upstream.Publish(1, RunningGateway.BlockWork);
        await miner.UntilJobAsync();
        Assert.True(miner.Job[8].GetBoolean());
    }

    [Fact]
    public async Task Workers_of_one_connection_are_devices_of_their_own_and_offline_with_it()
    {
        await using RunningGateway gateway = await StartAsync();
        await using (LineMiner miner = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!, "account.one"))
        {
            await miner.CallAsync(4, "mining.authorize", "\"account.two\",\"x\"");
            (string, uint, uint Nonce) share = miner.Mine();
            Assert.True((await miner.SubmitAsync(share, user: "account.one")).GetProperty("result").GetBoolean());
            share = miner.Mine(share.Nonce + 1);
            Assert.True((await miner.SubmitAsync(share, user: "account.two")).GetProperty("result").GetBoolean());
            Assert.All(gateway.Host.Devices, device => Assert.Equal((true, 1L), (device.Online, device.Accepted)));
        }

        while (gateway.Host.Devices.Any(device => device.Online))
        {
            await Task.Yield();
        }

        // A worker keeps its device over reconnects.
        await using LineMiner again = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!, "account.one");
        Assert.Equal(2, gateway.Host.Devices.Count);
    }

    [Fact]
    public async Task Revoked_worker_is_not_authorised()
    {
        await using RunningGateway gateway = await StartAsync();
        await using (LineMiner miner = await LineMiner.StartAsync(gateway.Host.StratumEndPoint!))
        {
            await gateway.Host.RevokeAsync("account.worker");
        }

        await using LineMiner again = await LineMiner.ConnectAsync(gateway.Host.StratumEndPoint!);
        JsonElement answer = await again.CallAsync(1, "mining.authorize", "\"account.worker\",\"x\"");
        Assert.Equal(24, answer.GetProperty("error")[0].GetInt32());
    }

    private static Task<RunningGateway> StartAsync() =>
        RunningGateway.StartAsync(options => options.Stratum.Port = 0);
}
