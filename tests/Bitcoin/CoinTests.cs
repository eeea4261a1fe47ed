using System.Text.Json;

namespace MicroFirmware.Bitcoin.Tests;

public class CoinTests
{
    [Fact]
    public void Every_coin_has_data_of_its_own()
    {
        Assert.Equal(
            ["bitcoin", "bitcoin-cash", "bitcoin-regtest", "bitcoin-signet", "bitcoin-test", "digibyte-sha256d",
                "namecoin"],
            Coin.All.Keys.Order());
        Assert.All(Coin.All.Values, coin => Assert.Equal(0u, coin.VersionMask & ~BlockHeader.RollingMask));
        Assert.All(Coin.All.Values, coin => Assert.Equal(coin.Segwit, coin.Template.Rules.Contains("segwit")));
        Assert.All(Coin.All.Values, coin => Assert.Equal(coin.Segwit, coin.Addresses.Hrp is not null));
    }

    /// <summary>What a person knows an address of the coin by: the first character (each coin's chain parameters).
    /// </summary>
    [Theory]
    [InlineData("bitcoin", "1", "3", "bc1q")]
    [InlineData("bitcoin-test", "mn", "2", "tb1q")]
    [InlineData("bitcoin-regtest", "mn", "2", "bcrt1q")]
    [InlineData("digibyte-sha256d", "D", "S", "dgb1q")]
    [InlineData("namecoin", "MN", "6", "nc1q")]
    public void Addresses_begin_as_people_know_them(string name, string key, string script, string witness)
    {
        AddressFormat format = Coin.Find(name).Addresses;
        foreach (byte fill in new byte[] { 0x01, 0x80, 0xff })
        {
            byte[] hash = [.. Enumerable.Repeat(fill, 20)];
            Assert.Contains(Address.FromScript([0x76, 0xa9, 20, .. hash, 0x88, 0xac], format)![0], key);
            Assert.Contains(Address.FromScript([0xa9, 20, .. hash, 0x87], format)![0], script);
            Assert.StartsWith(witness, Address.FromScript([0, 20, .. hash], format));
        }
    }

    [Fact]
    public void Unknown_name_is_answered_with_the_known_ones()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Coin.Find("dogecoin"));
        Assert.Contains("bitcoin-cash, bitcoin-regtest", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Canonical_order_is_by_id_as_a_number()
    {
        TemplateTransaction[] given = [.. Enumerable.Range(0, 20)
            .Select(i => new TemplateTransaction(Sha256d.Hash([(byte)i]), Hash256.Zero, []))];
        Assert.Same(given, Coin.Find("bitcoin").Order(given));
        IEnumerable<string> ids = Coin.Find("bitcoin-cash").Order(given).Select(t => t.Txid.ToString());
        Assert.Equal(given.Select(t => t.Txid.ToString()).Order(StringComparer.Ordinal), ids);
    }

    [Theory]
    [InlineData("\"ticker\":\"X\",", "")]
    [InlineData("\"ticker\":\"X\"", "\"ticker\":null")]
    [InlineData("\"ticker\"", "\"tickers\"")]
    [InlineData("\"topological\"", "\"random\"")]
    [InlineData("\"1fffe000\"", "\"none\"")]
    public void File_with_a_mistake_is_refused(string part, string instead)
    {
        const string Good = """
            {"name":"x","title":"X","ticker":"X","addresses":{"pubkey_hash":0,"script_hash":5,"hrp":null,
            "cash_prefix":null},"segwit":false,"transaction_order":"topological","template":{"rules":[],
            "parameters":[]},"version_mask":"1fffe000","halving_interval":null}
            """;
        Assert.Equal(0x1fff_e000u, Coin.Parse(Good).VersionMask);
        Assert.Contains(part, Good, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => Coin.Parse(Good.Replace(part, instead, StringComparison.Ordinal)));
    }
}
