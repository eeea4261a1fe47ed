namespace MicroFirmware.Bitcoin.Tests;

/// <summary>Each rule is broken alone, in a block that was good before and whose proof of work is made anew.</summary>
public class BlockCheckTests
{
    private static readonly Block s_good = Vectors.RegtestBlock();
    private static readonly BlockRules s_rules = Vectors.RegtestRules();

    [Fact]
    public void Known_blocks_are_good()
    {
        foreach (BlockVector vector in Vectors.Blocks)
        {
            Assert.Equal(BlockVerdict.Good, BlockCheck.Check(Block.Parse(vector.Octets), vector.Rules()));
        }

        Assert.Equal(BlockVerdict.Good, BlockCheck.Check(s_good, s_rules));
    }

    [Fact]
    public void Header_rule_broken_isNamed()
    {
        Expect(BlockVerdict.WrongPrevious, s_good, s_rules with { PreviousHash = Hash256.Zero });
        Expect(BlockVerdict.WrongTarget, s_good, s_rules with { Bits = 0x207ffffe });
        Expect(BlockVerdict.TimeTooOld, s_good, s_rules with { MinTime = s_good.Header.Time + 1 });
        Expect(BlockVerdict.TimeTooNew, s_good, s_rules with { MaxTime = s_good.Header.Time - 1 });
        BlockHeader header = s_good.Header;
        while (header.MeetsItsTarget())
        {
            header = header with { Nonce = header.Nonce + 1 };
        }

        Expect(BlockVerdict.HighHash, s_good with { Header = header });
    }

    [Fact]
    public void Merkle_rule_broken_isNamed()
    {
        Expect(BlockVerdict.BadLength, s_good with { Transactions = [] });
        Expect(BlockVerdict.WrongMerkleRoot, s_good with { Transactions = [.. s_good.Transactions.SkipLast(1)] });

        // Seven transactions: the last one twice gives the root of the eight-leaf tree again.
        Transaction[] seven = [.. s_good.Transactions.Take(7)];
        Block repeated = Remade(seven) with { Transactions = [.. seven, seven[^1]] };
        Expect(BlockVerdict.DuplicateTransaction, repeated);
        Transaction[] apart = [.. seven, seven[1]];
        Expect(BlockVerdict.DuplicateTransaction, Remade(apart));
    }

    [Fact]
    public void Coinbase_rule_broken_isNamed()
    {
        Transaction[] all = [.. s_good.Transactions];
        Expect(BlockVerdict.CoinbaseMisplaced, Remade(all[1..]));
        Expect(BlockVerdict.CoinbaseMisplaced, Remade([.. all, WithScript([0x51, 0x52])]));
        Expect(BlockVerdict.WrongCoinbaseLength, Remade([WithScript([0x51]), .. all[1..]]));
        Expect(BlockVerdict.WrongCoinbaseLength, Remade([WithScript(new byte[101]), .. all[1..]]));
        Expect(BlockVerdict.WrongHeight, Remade([WithScript([0x02, 0x91, 0x03]), .. all[1..]]));
        Expect(BlockVerdict.Good, Remade([WithScript([0x02, 0x90, 0x03]), .. all[1..]]));
        Expect(BlockVerdict.CoinbaseTooHigh, s_good, s_rules with { CoinbaseValue = s_rules.CoinbaseValue - 1 });
    }

    [Fact]
    public void Transaction_rule_broken_isNamed()
    {
        Transaction[] all = [.. s_good.Transactions];
        Transaction spend = all[1];
        Transaction twice = new(spend.Version + 1, spend.Inputs, spend.Outputs, spend.LockTime);
        Expect(BlockVerdict.BadTransaction, Remade([.. all, twice]));
        Transaction nothing = new(1, [Free(1)], [], 0);
        Expect(BlockVerdict.BadTransaction, Remade([.. all, nothing]));
        Transaction much = new(1, [Free(2)], [new(Consensus.MaxMoney + 1, [])], 0);
        Expect(BlockVerdict.BadTransaction, Remade([.. all, much]));
        Transaction sum = new(1, [Free(3)], [new(Consensus.MaxMoney, []), new(1, [])], 0);
        Expect(BlockVerdict.BadTransaction, Remade([.. all, sum]));
    }

    [Fact]
    public void Witness_rule_broken_isNamed()
    {
        Transaction[] all = [.. s_good.Transactions];
        Transaction coinbase = all[0];
        Transaction bare = new(coinbase.Version, coinbase.Inputs, [coinbase.Outputs[0]], 0);
        Expect(BlockVerdict.UnexpectedWitness, Remade([bare, .. all[1..]]));
        Expect(BlockVerdict.UnexpectedWitness, s_good, s_rules with { Witness = false });
        TransactionInput noReserved = coinbase.Inputs[0] with { Witness = [] };
        Transaction open = new(coinbase.Version, [noReserved], coinbase.Outputs, 0);
        Expect(BlockVerdict.WrongWitnessCommitment, Remade([open, .. all[1..]]));
        Transaction signed = all[1];
        TransactionInput other = signed.Inputs[0] with { Witness = [[1, 2, 3]] };
        Transaction changed = new(signed.Version, [other], signed.Outputs, signed.LockTime);
        Expect(BlockVerdict.WrongWitnessCommitment, Remade([coinbase, changed, .. all[2..]]));
    }

    [Fact]
    public void Size_rule_broken_isNamed()
    {
        Transaction[] all = [.. s_good.Transactions];
        Transaction large = new(1, [Free(1)], [new(0, new byte[Consensus.MaxStrippedSize])], 0);
        Expect(BlockVerdict.BadLength, Remade([.. all, large]));

        TransactionInput heavy = Free(2) with { Witness = [new byte[Consensus.MaxBlockWeight]] };
        Transaction[] weighty = [.. all, new(1, [heavy], [new(0, [])], 0)];
        byte[] commitment = Coinbase.CommitmentScript(
            Coinbase.WitnessRoot(weighty.Skip(1).Select(t => t.Wtxid)), Hash256.Zero);
        weighty[0] = new(2, all[0].Inputs, [all[0].Outputs[0], new(0, commitment)], 0);
        Expect(BlockVerdict.TooHeavy, Remade(weighty));
    }

    [Fact]
    public void Reason_of_each_verdict_is_its_own()
    {
        BlockVerdict[] all = Enum.GetValues<BlockVerdict>();
        Assert.Equal(all.Length, all.Select(BlockCheck.Reason).Distinct().Count());
        Assert.Equal("high-hash", BlockCheck.Reason(BlockVerdict.HighHash));
        Assert.Throws<ArgumentOutOfRangeException>(() => BlockCheck.Reason((BlockVerdict)(-1)));
    }

    [Fact]
    public void Subsidy_halves_and_ends()
    {
        Assert.Equal(50 * Consensus.Coin, Consensus.Subsidy(209_999, 210_000));
        Assert.Equal(25 * Consensus.Coin, Consensus.Subsidy(210_000, 210_000));
        Assert.Equal(1UL, Consensus.Subsidy(32 * 210_000, 210_000));
        Assert.Equal(0UL, Consensus.Subsidy(33 * 210_000, 210_000));
        Assert.Equal(0UL, Consensus.Subsidy(64 * 210_000, 210_000));
    }

    private static void Expect(BlockVerdict verdict, Block block, BlockRules? rules = null) =>
        Assert.Equal(verdict, BlockCheck.Check(block, rules ?? s_rules));

    private static Transaction WithScript(byte[] script)
    {
        Transaction coinbase = s_good.Transactions[0];
        return new(coinbase.Version, [coinbase.Inputs[0] with { Script = script }], coinbase.Outputs, 0);
    }

    private static TransactionInput Free(byte id) => new(new OutPoint(Sha256d.Hash([id]), 0), [], 0);

    /// <summary>The transactions under a header that commits to them and whose work is done again.</summary>
    private static Block Remade(Transaction[] transactions)
    {
        BlockHeader header = s_good.Header with { MerkleRoot = MerkleTree.Root([.. transactions.Select(t => t.Txid)]) };
        while (!header.MeetsItsTarget())
        {
            header = header with { Nonce = header.Nonce + 1 };
        }

        return new Block(header, transactions);
    }
}
