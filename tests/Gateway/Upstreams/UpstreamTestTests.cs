using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Tests.Upstreams.Pools;
using MicroFirmware.Gateway.Upstreams;

namespace MicroFirmware.Gateway.Tests.Upstreams;

/// <summary>What <c>micro upstream test</c> says.</summary>
public sealed class UpstreamTestTests
{
    [Fact]
    public async Task Pool_that_works_is_described()
    {
        await using ScriptedPool pool = new ScriptedPool { VersionMask = 0x1fffe000, Extranonce2Size = 8 }.Start();
        UpstreamFindings findings = await RunAsync(new UpstreamOptions { Url = pool.Url.ToString(), User = "me" });

        Assert.True(findings.Works, findings.Summary);
        Assert.Equal($"pool stratum+tcp://localhost:{pool.Url.Port} works.", findings.Summary);
        Assert.Equal("me is accepted", Topic(findings, "worker"));
        Assert.Equal("8 octets are left to us", Topic(findings, "extranonce"));
        Assert.Equal("bits 1fffe000 may be rolled", Topic(findings, "version"));
        Assert.Equal("1.49E-08, a share about every 63 hashes of the whole fleet", Topic(findings, "difficulty"));
        Assert.EndsWith(" ms", Topic(findings, "latency"));
        Assert.Equal("500", Topic(findings, "height"));
        Assert.Equal("50 to a script without an address", Topic(findings, "pays"));
        Assert.Equal(0, pool.Received);
    }

    [Fact]
    public async Task Pool_that_refuses_the_worker_does_not_work()
    {
        await using ScriptedPool pool = new ScriptedPool().Start();
        UpstreamFindings findings = await RunAsync(
            new UpstreamOptions { Url = pool.Url.ToString(), User = "nobody", Password = "hunter2" });
        Assert.False(findings.Works);
        Assert.Contains("refuses the worker", findings.Summary);
        Assert.DoesNotContain("hunter2", findings.Summary);
    }

    [Fact]
    public async Task Nobody_there_is_said()
    {
        ScriptedPool pool = new();
        await pool.KillAsync();
        UpstreamFindings findings = await RunAsync(new UpstreamOptions { Url = pool.Url.ToString(), User = "me" });
        Assert.False(findings.Works);
        Assert.Contains("cannot be reached", findings.Summary);

        findings = await RunAsync(new UpstreamOptions { Url = $"http://127.0.0.1:{pool.Url.Port}" });
        Assert.False(findings.Works);
        Assert.Contains("Is the node running", findings.Summary);
    }

    [Fact]
    public async Task What_is_no_upstream_names_the_key() => Assert.StartsWith("Upstream:Url = ",
        (await Assert.ThrowsAsync<ConfigurationException>(
            () => RunAsync(new UpstreamOptions { Url = "ftp://here" }))).Message);

    [BcoinFact]
    public async Task Node_that_works_is_described()
    {
        using BcoinNode node = await BcoinNode.StartAsync();
        await node.GenerateAsync(5);
        UpstreamOptions options = new()
        {
            Url = node.Options.Url.ToString(),
            User = node.Options.User,
            Password = node.Options.Password,
            Coin = "bitcoin-regtest",
            Timeout = TimeSpan.FromSeconds(60),
        };
        UpstreamFindings findings = await RunAsync(options);

        Assert.True(findings.Works, findings.Summary);
        Assert.Equal("regtest, 5 blocks", Topic(findings, "chain"));
        Assert.Equal("6", Topic(findings, "height"));
        Assert.Equal("yes", Topic(findings, "long-poll"));
        Assert.StartsWith("good, after ", Topic(findings, "template"));
        Assert.Equal("50 rBTC, 0 transactions", Topic(findings, "reward"));

        options.Password = "wrong";
        findings = await RunAsync(options);
        Assert.Contains("refuses the login", findings.Summary);
    }

    private static Task<UpstreamFindings> RunAsync(UpstreamOptions options) =>
        UpstreamTest.RunAsync(options, TimeProvider.System, CancellationToken.None);

    private static string Topic(UpstreamFindings findings, string topic) =>
        Assert.Single(findings.Details, detail => detail.Topic == topic).Finding;
}
