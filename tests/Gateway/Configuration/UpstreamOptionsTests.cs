using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Gateway.Tests.Configuration;

public sealed class UpstreamOptionsTests : IDisposable
{
    private const string Address = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Nothing_configured_is_no_entry() => Assert.Empty(Load().Upstreams);

    [Fact]
    public void List_in_a_file_keeps_its_order_and_the_command_line_changes_one_entry()
    {
        File.WriteAllText(_directory.File(GatewayConfiguration.FileName), $$"""
            { "Upstreams": [
              { "Url": "stratum+ssl://pool.example:4333", "User": "account.gateway", "Password": "secret" },
              { "Url": "http://127.0.0.1:8332", "CookieFile": ".cookie", "PayoutAddress": "{{Address}}" },
              { "Kind": "embedded" } ] }
            """);

        IList<UpstreamOptions> upstreams = Load("--Upstreams:0:User=other", "--Upstreams:1:Timeout=9s").Upstreams;

        Assert.Equal([UpstreamKind.Pool, UpstreamKind.Node, UpstreamKind.Embedded],
            upstreams.Select(upstream => upstream.ParsedKind!.Value));
        Assert.Equal(("other", "secret"), (upstreams[0].User, upstreams[0].Password));
        Assert.Equal((".cookie", TimeSpan.FromSeconds(9)), (upstreams[1].CookieFile, upstreams[1].Timeout));
        Assert.Equal(22, upstreams[1].PayoutScript().Length);
    }

    [Fact]
    public void Password_may_come_from_the_environment()
    {
        const string Name = "MICRO_UPSTREAMS__0__PASSWORD";
        Environment.SetEnvironmentVariable(Name, "of-the-environment");
        try
        {
            UpstreamOptions upstream = Assert.Single(
                Load("--Upstreams:0:Url=stratum+tcp://pool.example:3333", "--Upstreams:0:User=me").Upstreams);
            Assert.Equal("of-the-environment", upstream.Password);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Name, null);
        }
    }

    [Theory]
    [InlineData("Upstreams:0:PayoutAddress", "is missing", "Url=http://127.0.0.1:8332")]
    [InlineData("Upstreams:0:PayoutAddress", "is not an address of Bitcoin", "Url=http://127.0.0.1:8332",
        "PayoutAddress=1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb")]
    [InlineData("Upstreams:0:PayoutAddress", "is not an address of", "Url=http://127.0.0.1:18443",
        "Coin=bitcoin-regtest", "PayoutAddress=" + Address)]
    [InlineData("Upstreams:0:Coin", "take one of bitcoin", "Url=http://127.0.0.1:8332", "Coin=dogecoin")]
    [InlineData("Upstreams:0:Coin", "signature", "Url=http://127.0.0.1:8332", "Coin=bitcoin-signet")]
    [InlineData("Upstreams:0:CookieFile", "leave one of them out", "Url=http://127.0.0.1:8332", "User=x",
        "CookieFile=.cookie", "PayoutAddress=" + Address)]
    [InlineData("Upstreams:0:Kind", "take embedded, node or pool", "Kind=miner")]
    [InlineData("Upstreams:0:Kind", "take embedded, node or pool", "Kind=1")]
    [InlineData("Upstreams:0:Url", "is no upstream", "Url=ftp://here")]
    [InlineData("Upstreams:0:Url", "stratum+tcp or stratum+ssl", "Kind=pool", "Url=http://here:80", "User=x")]
    [InlineData("Upstreams:0:Url", "names no port", "Url=stratum+tcp://pool.example", "User=x")]
    [InlineData("Upstreams:0:User", "is empty", "Url=stratum+tcp://pool.example:3333")]
    [InlineData("Upstreams:0:Timeout", "out of range", "Url=stratum+tcp://pool.example:3333", "User=x", "Timeout=1ms")]
    [InlineData("Upstreams:0:AuthorityFile", "cannot be used", "Url=stratum+ssl://pool.example:3333", "User=x",
        "AuthorityFile=missing.pem")]
    [InlineData("Upstreams:0:Colour", "is not known", "Colour=red")]
    public void What_cannot_be_used_names_its_key(string key, string advice, params string[] settings)
    {
        string[] args = [.. settings.Select(setting => $"--Upstreams:0:{setting}")];
        string message = Assert.Throws<ConfigurationException>(() => Load(args)).Message;
        Assert.StartsWith(key + " = ", message);
        Assert.Contains(advice, message);
    }

    [Theory]
    [InlineData("--Upstreams:1:Kind=embedded")]
    [InlineData("--Upstreams:first:Kind=embedded")]
    [InlineData("--Upstreams:0=embedded")]
    public void Entry_that_is_none_is_told_how_entries_are_numbered(string arg) =>
        Assert.Contains("write for example Upstreams:0:Url",
            Assert.Throws<ConfigurationException>(() => Load(arg)).Message);

    [Fact]
    public void Embedded_chain_twice_is_refused() => Assert.Contains("Upstreams = 'embedded' is there twice",
        Assert.Throws<ConfigurationException>(
            () => Load("--Upstreams:0:Kind=embedded", "--Upstreams:1:Kind=embedded")).Message);

    [Theory]
    [InlineData("--Upstreams:0:Url=stratum+tcp://me:hunter2@pool.example:3333")]
    [InlineData("--Upstreams:0:Url=http://me:hunter2@127.0.0.1:8332")]
    [InlineData("--Upstreams:0:Url=ftp://me:hunter2@127.0.0.1:8332")]
    [InlineData("--Upstreams:0:Kind=pool", "--Upstreams:0:Url=me:hunter2@pool.example")]
    [InlineData("--Upstreams:0:Pasword=hunter2", "--Upstreams:0:Passwort=hunter2")]
    public void Password_is_never_shown(params string[] args) => Assert.DoesNotContain("hunter2",
        Assert.Throws<ConfigurationException>(() => Load(args)).Message);

    private GatewayOptions Load(params string[] args) => GatewayConfiguration.Load(args, _directory.Path);
}
