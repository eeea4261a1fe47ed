using System.Text.Json;
using System.Text.Json.Nodes;

namespace MicroFirmware.Bitcoin.Tests;

public class NodeTemplateReaderTests
{
    private static readonly Coin s_regtest = Coin.Find("bitcoin-regtest");

    [Fact]
    public void Template_of_a_real_node_is_read_whole()
    {
        JsonElement result = Vectors.Gbt.GetProperty("gbt");
        Assert.True(NodeTemplateReader.TryRead(result, s_regtest, out NodeTemplate? read, out string problem), problem);
        BlockTemplate template = read!.Template;
        Assert.Equal((0x2000_0000u, BlockHeader.RollingMask, 0x207fffffu, 912, 78_132_000UL, true),
            (template.Version, template.VersionMask, template.Bits, template.Height, template.CoinbaseValue,
                template.Witness));
        Assert.Equal((1795195161u, 1795195161u, 1795202361u), (template.Time, template.MinTime, template.MaxTime));
        Assert.Equal(result.Text("previousblockhash"), template.PreviousHash.ToString());
        Assert.Equal(result.Text("longpollid"), read.LongPollId);
        foreach (TemplateTransaction transaction in template.Transactions)
        {
            Transaction parsed = Transaction.Parse(transaction.Data);
            Assert.Equal((parsed.Txid, parsed.Wtxid), (transaction.Txid, transaction.Wtxid));
        }

        Assert.Equal(7, template.Transactions.Count);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("previousblockhash")]
    [InlineData("bits")]
    [InlineData("curtime")]
    [InlineData("height")]
    [InlineData("coinbasevalue")]
    [InlineData("transactions")]
    public void Missing_member_is_named(string name)
    {
        JsonObject changed = Copy();
        changed.Remove(name);
        Refused(changed, $"there is no '{name}'");
        changed[name] = true;
        Refused(changed, $"'{name}' is not a");
    }

    [Theory]
    [InlineData("version", "5000000000", "32 bits")]
    [InlineData("height", "-3000000000", "32 bits")]
    [InlineData("coinbasevalue", "-1", "whole number")]
    [InlineData("coinbasevalue", "1.5", "whole number")]
    [InlineData("bits", "\"2100ffffff\"", "no compact target")]
    [InlineData("bits", "\"ff123456\"", "no compact target")]
    [InlineData("bits", "\"00000000\"", "no compact target")]
    [InlineData("bits", "\"1d00ffff\"", "not what 'bits' say")]
    [InlineData("previousblockhash", "\"00\"", "64 hexadecimal digits")]
    [InlineData("rules", "[\"!newfork\"]", "the rule 'newfork'")]
    [InlineData("default_witness_commitment", "\"6a24\"", "not that of its transactions")]
    [InlineData("transactions", "[{\"data\":\"0\",\"hash\":\"00\"}]", "in transaction 0, 'data' is not in hex")]
    [InlineData("transactions", "[{\"data\":\"00\",\"hash\":\"00\"}]", "in transaction 0, 'hash' is not 64")]
    [InlineData("transactions", "[1]", "in transaction 0, it is no JSON object")]
    public void Member_out_of_range_is_named(string name, string json, string problem)
    {
        JsonObject changed = Copy();
        changed[name] = JsonNode.Parse(json);
        Refused(changed, problem);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"template\"")]
    public void What_is_no_object_is_refused(string json)
    {
        JsonElement result = JsonDocument.Parse(json).RootElement;
        Assert.False(NodeTemplateReader.TryRead(result, s_regtest, out NodeTemplate? template, out string problem));
        Assert.Equal((null, "it is no JSON object"), (template, problem));
    }

    [Theory]
    [InlineData("version", "\"\\ud800\"", "is not a number")]
    [InlineData("previousblockhash", "\"\\ud800\"", "no Unicode")]
    [InlineData("longpollid", "\"\\ud800\"", "no Unicode")]
    public void Text_that_is_no_unicode_is_refused(string name, string json, string problem)
    {
        JsonObject changed = Copy();
        changed[name] = "HERE";
        JsonElement result = JsonDocument.Parse(changed.ToJsonString().Replace("\"HERE\"", json)).RootElement;
        Assert.False(NodeTemplateReader.TryRead(result, s_regtest, out NodeTemplate? template, out string said));
        Assert.Null(template);
        Assert.Contains(problem, said);
    }

    [Fact]
    public void Optional_members_may_be_missing()
    {
        JsonObject changed = Copy();
        foreach (string name in (string[])["mintime", "maxtime", "longpollid", "target", "rules", "vbrequired"])
        {
            changed.Remove(name);
        }

        NodeTemplate read = Accepted(changed, s_regtest);
        Assert.Equal((0u, uint.MaxValue, null), (read.Template.MinTime, read.Template.MaxTime, read.LongPollId));
        Assert.False(read.Template.Witness);
    }

    [Fact]
    public void Required_version_bits_are_not_rolled()
    {
        JsonObject changed = Copy();
        changed["vbrequired"] = 0x2000;
        changed["version"] = -536870912 + 0x2000;
        BlockTemplate template = Accepted(changed, s_regtest).Template;
        Assert.Equal((0xe000_2000u, BlockHeader.RollingMask & ~0x2000u), (template.Version, template.VersionMask));
    }

    [Fact]
    public void Coin_without_segwit_takes_ids_for_both_and_its_own_order()
    {
        JsonObject changed = Copy();
        changed.Remove("default_witness_commitment");
        changed["rules"] = new JsonArray("csv");
        BlockTemplate template = Accepted(changed, Coin.Find("bitcoin-cash")).Template;
        Assert.False(template.Witness);
        Assert.All(template.Transactions, t => Assert.Equal(t.Txid, t.Wtxid));
        string[] ids = [.. template.Transactions.Select(t => t.Txid.ToString())];
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);

        changed["rules"] = new JsonArray("!segwit");
        Assert.False(NodeTemplateReader.TryRead(Element(changed), Coin.Find("bitcoin-cash"), out _, out _));
    }

    [Fact]
    public void Garbage_in_any_member_never_throws()
    {
        const int Seed = 22;
        Random random = new(Seed);
        string[] values = ["null", "-1", "1e400", "\"\"", "[]", "{}", "[[]]", "[{}]", "\"zz\"", "99999999999999999999"];
        string[] names = [.. Copy().Select(member => member.Key)];
        int refused = 0;
        for (int i = 0; i < 3_000; i++)
        {
            JsonObject changed = Copy();
            changed[names[random.Next(names.Length)]] = JsonNode.Parse(values[random.Next(values.Length)]);
            JsonElement result = Element(changed);
            bool good = NodeTemplateReader.TryRead(result, s_regtest, out NodeTemplate? read, out string problem);
            Assert.Equal((good, good), (read is not null, problem.Length == 0));
            refused += good ? 0 : 1;
        }

        Assert.InRange(refused, 500, 2_900);
    }

    private static JsonObject Copy() => JsonNode.Parse(Vectors.Gbt.GetProperty("gbt").GetRawText())!.AsObject();

    private static JsonElement Element(JsonObject changed) => JsonDocument.Parse(changed.ToJsonString()).RootElement;

    private static NodeTemplate Accepted(JsonObject changed, Coin coin)
    {
        JsonElement result = Element(changed);
        Assert.True(NodeTemplateReader.TryRead(result, coin, out NodeTemplate? read, out string problem), problem);
        return read!;
    }

    private static void Refused(JsonObject changed, string problem)
    {
        Assert.False(NodeTemplateReader.TryRead(Element(changed), s_regtest, out NodeTemplate? read, out string said));
        Assert.Null(read);
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }
}
