using System.Buffers;

namespace MicroFirmware.Bitcoin.Tests;

public class TransactionTests
{
    /// <summary>BIP 143, example "Native P2WPKH", the signed transaction.</summary>
    private const string Bip143 =
        "01000000000102fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f00000000494830450221008b9d1d"
        + "c26ba6a9cb62127b02742fa9d754cd3bebf337f7a55d114c8e5cdd30be022040529b194ba3f9281a99f2b1c0a19c0489bc22ede9"
        + "44ccf4ecbab4cc618ef3ed01eeffffffef51e1b804cc89d182d279655c3aa89e815b1b309fe287d9b2b55d57b90ec68a01000000"
        + "00ffffffff02202cb206000000001976a9148280b37df378db99f66f85c95a783a76ac7a6d5988ac9093510d000000001976a914"
        + "3bde42dbee7e4dbe6a21b2d50ce2f0167faa815988ac000247304402203609e17b84f6a7d30c80bfa610b5b4542f32a8a0d5447a"
        + "12fb1366d7f01cc44a0220573a954c4518331561406f90300e8f3358f51928d43c212a8caed02de67eebee0121025476c2e83188"
        + "368da1ff3e292e7acafcdb3566bb0ad253f62fc70f07aeee635711000000";

    [Fact]
    public void Bip143_example_parts_hash_as_the_specification_says()
    {
        Transaction transaction = Transaction.Parse(Convert.FromHexString(Bip143));
        Assert.Equal((1u, 17u, 2, 2), (transaction.Version, transaction.LockTime, transaction.Inputs.Count,
            transaction.Outputs.Count));
        Assert.Empty(transaction.Inputs[0].Witness);
        Assert.Equal([71, 33], transaction.Inputs[1].Witness.Select(item => item.Length));

        ArrayBufferWriter<byte> outpoints = new();
        foreach (TransactionInput input in transaction.Inputs)
        {
            outpoints.WriteHash(input.Previous.Txid);
            outpoints.WriteUInt32(input.Previous.Index);
        }

        Assert.Equal(
            Convert.FromHexString("96b827c8483d4e9b96712b6713a7b68d6e8003a781feba36c31143470b4efd37"),
            Sha256d.Hash(outpoints.WrittenSpan).ToOctets());

        ArrayBufferWriter<byte> outputs = new();
        foreach (TransactionOutput output in transaction.Outputs)
        {
            outputs.WriteUInt64(output.Value);
            outputs.WriteVector(output.Script);
        }

        Assert.Equal(
            Convert.FromHexString("863ef3e1a92afbfdb97f31ad0fc7683ee943e9abcf2501590ff8f6551f47e5e5"),
            Sha256d.Hash(outputs.WrittenSpan).ToOctets());
    }

    [Fact]
    public void Extended_form_returns_octet_for_octet()
    {
        byte[] octets = Convert.FromHexString(Bip143);
        Transaction transaction = Transaction.Parse(octets);
        Assert.Equal(octets, transaction.ToOctets());
        Assert.NotEqual(transaction.Txid, transaction.Wtxid);
        Assert.Equal(Sha256d.Hash(octets), transaction.Wtxid);

        Transaction plain = Transaction.Parse(transaction.ToOctets(withWitness: false));
        Assert.Equal(transaction.Txid, plain.Txid);
        Assert.Equal(plain.Txid, plain.Wtxid);
        Assert.Equal(plain.ToOctets().Length * 4, plain.Weight);
    }

    [Fact]
    public void Truncated_at_every_octet_asks_for_more()
    {
        byte[] octets = Convert.FromHexString(Bip143);
        for (int length = 0; length < octets.Length; length++)
        {
            ParseStatus status = Transaction.TryParse(octets.AsSpan(0, length), out Transaction? transaction, out _);
            Assert.Equal((ParseStatus.NeedMore, null), (status, transaction));
        }

        Assert.Throws<FormatException>(() => Transaction.Parse([.. octets, 0]));
    }

    [Theory]
    [InlineData("0100000000", ParseStatus.NeedMore)]
    [InlineData("010000000000", ParseStatus.Invalid)]
    [InlineData("010000000002", ParseStatus.Invalid)]
    [InlineData("01000000000100", ParseStatus.Invalid)]
    [InlineData("01000000fd0100", ParseStatus.Invalid)]
    [InlineData("01000000feffff0000", ParseStatus.Invalid)]
    [InlineData("01000000ffffffffffffffffff", ParseStatus.Invalid)]
    [InlineData("01000000fe00000001", ParseStatus.Invalid)]
    [InlineData("01000000fd0010", ParseStatus.NeedMore)]
    public void Counts_that_no_block_could_hold_are_invalid(string hex, ParseStatus expected)
    {
        Assert.Equal(expected, Transaction.TryParse(Convert.FromHexString(hex), out Transaction? transaction, out _));
        Assert.Null(transaction);
    }

    [Fact]
    public void Extended_form_without_any_witness_is_invalid()
    {
        byte[] plain = Transaction.Parse(Convert.FromHexString(Bip143)).ToOctets(withWitness: false);
        byte[] extended = [.. plain[..4], 0, 1, .. plain[4..^4], 0, 0, .. plain[^4..]];
        Assert.Equal(ParseStatus.Invalid, Transaction.TryParse(extended, out _, out _));
    }

    [Fact]
    public void Garbage_never_throws_and_what_parses_returns_octet_for_octet()
    {
        const int Seed = 144;
        Random random = new(Seed);
        byte[] good = Convert.FromHexString(Bip143);
        int parsed = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] octets = [.. good];
            for (int hit = random.Next(1, 4); hit > 0; hit--)
            {
                octets[random.Next(octets.Length)] = (byte)random.Next(256);
            }

            if (Transaction.TryParse(octets, out Transaction? transaction, out int used) == ParseStatus.Done)
            {
                Assert.Equal(octets[..used], transaction!.ToOctets());
                parsed++;
            }
        }

        Assert.InRange(parsed, 1, 19_999);
    }
}
