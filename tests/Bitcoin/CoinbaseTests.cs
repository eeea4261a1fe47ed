using System.Text.Json;

namespace MicroFirmware.Bitcoin.Tests;

public class CoinbaseTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(1, "51")]
    [InlineData(16, "60")]
    [InlineData(17, "0111")]
    [InlineData(127, "017f")]
    [InlineData(128, "028000")]
    [InlineData(255, "02ff00")]
    [InlineData(256, "020001")]
    [InlineData(912, "029003")]
    [InlineData(32767, "02ff7f")]
    [InlineData(32768, "03008000")]
    [InlineData(926485, "0315230e")]
    [InlineData(8388608, "0400008000")]
    [InlineData(int.MaxValue, "04ffffff7f")]
    public void HeightPush_is_minimal(int height, string hex)
    {
        Assert.Equal(hex, Convert.ToHexStringLower(Coinbase.HeightPush(height)));
        Assert.True(Coinbase.NamesHeight(Convert.FromHexString(hex + "2f"), height));
        Assert.Equal(height, Coinbase.ReadHeight(Convert.FromHexString(hex + "2f")));
    }

    [Theory]
    [InlineData("", 17)]
    [InlineData("01", 17)]
    [InlineData("021100", 17)]
    [InlineData("0112", 17)]
    [InlineData("0101", 1)]
    [InlineData("0180", 128)]
    public void NamesHeight_takes_only_the_minimal_push(string hex, int height) =>
        Assert.False(Coinbase.NamesHeight(Convert.FromHexString(hex), height));

    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("0101")]
    [InlineData("021100")]
    [InlineData("0181")]
    [InlineData("04ffffffff")]
    [InlineData("050000000001")]
    [InlineData("2f")]
    public void ReadHeight_of_a_script_that_names_none_is_null(string hex) =>
        Assert.Null(Coinbase.ReadHeight(Convert.FromHexString(hex)));

    [Fact]
    public void Split_gives_the_coinbase_that_a_node_accepted()
    {
        JsonElement gbt = Vectors.Gbt;
        Transaction accepted = Vectors.RegtestBlock().Transactions[0];
        SplitCoinbase split = Coinbase.Split(912, "\u0008/gw-vec/"u8, 12, accepted.Outputs);

        Assert.Equal(gbt.Text("coinb1"), Convert.ToHexStringLower(split.Prefix));
        Assert.Equal(gbt.Text("coinb2"), Convert.ToHexStringLower(split.Suffix));
        byte[] extranonce = [.. gbt.Octets("extranonce1"), .. gbt.Octets("extranonce2")];
        Assert.Equal(gbt.Octets("coinbase_txid_le"), split.Txid(extranonce).ToOctets());
        Assert.Equal(accepted.ToOctets(), split.ToTransaction(extranonce, withWitness: true).ToOctets());
        Assert.Equal(accepted.Txid, split.ToTransaction(extranonce, withWitness: false).Wtxid);
        Assert.Throws<ArgumentException>(() => split.Txid(extranonce.AsSpan(1)));
    }

    [Fact]
    public void Split_refuses_a_script_that_is_too_long()
    {
        TransactionOutput output = new(0, [0x51]);
        Assert.Equal(12, Coinbase.Split(17, new byte[86], 12, [output]).ExtranonceSize);
        Assert.Throws<ArgumentException>(() => Coinbase.Split(17, new byte[87], 12, [output]));
        Assert.Throws<ArgumentException>(() => Coinbase.Split(1, [], 0, [output]));
    }

    [Fact]
    public void Commitment_of_the_template_is_what_the_node_computed()
    {
        JsonElement gbt = Vectors.Gbt.GetProperty("gbt");
        Hash256 root = Coinbase.WitnessRoot(
            gbt.GetProperty("transactions").EnumerateArray().Select(t => Hash256.Parse(t.Text("hash"))));
        Assert.Equal(gbt.Octets("default_witness_commitment"), Coinbase.CommitmentScript(root, Hash256.Zero));
    }

    [Fact]
    public void Commitment_that_comes_last_counts()
    {
        TransactionOutput first = new(0, Coinbase.CommitmentScript(Sha256d.Hash([1]), Hash256.Zero));
        TransactionOutput last = new(0, [.. Coinbase.CommitmentScript(Sha256d.Hash([2]), Hash256.Zero), 0x51]);
        TransactionOutput shorter = new(0, first.Script[..^1]);
        TransactionInput input = new(OutPoint.Null, [0x51, 0x51], TransactionInput.FinalSequence);

        Transaction coinbase = new(1, [input], [first, last, shorter], 0);
        Assert.Equal(Sha256d.HashPair(Sha256d.Hash([2]), Hash256.Zero), Coinbase.FindCommitment(coinbase));
        Assert.Null(Coinbase.FindCommitment(new Transaction(1, [input], [shorter], 0)));
    }
}
