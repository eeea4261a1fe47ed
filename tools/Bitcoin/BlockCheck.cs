namespace MicroFirmware.Bitcoin;

/// <summary>Checks a block as a node does, as far as that needs no set of unspent coins: scripts, signatures,
/// signature operations, lock times and whether spent coins exist are left to a node.</summary>
public static class BlockCheck
{
    /// <summary>The first rule that the block breaks (Bitcoin Core, <c>CheckBlock</c> and
    /// <c>ContextualCheckBlock</c>).</summary>
    public static BlockVerdict Check(Block block, BlockRules rules)
    {
        BlockVerdict verdict = CheckHeader(block.Header, rules);
        if (verdict == BlockVerdict.Good)
        {
            verdict = CheckMerkleRoot(block);
        }

        if (verdict == BlockVerdict.Good)
        {
            verdict = CheckTransactions(block);
        }

        return verdict == BlockVerdict.Good ? CheckInPlace(block, rules) : verdict;
    }

    /// <summary>The reason in the words of BIP 22 and of Bitcoin Core's <c>submitblock</c>; empty for a good block.
    /// </summary>
    public static string Reason(BlockVerdict verdict) => verdict switch
    {
        BlockVerdict.Good => "",
        BlockVerdict.WrongPrevious => "bad-prevblk",
        BlockVerdict.WrongTarget => "bad-diffbits",
        BlockVerdict.HighHash => "high-hash",
        BlockVerdict.TimeTooOld => "time-too-old",
        BlockVerdict.TimeTooNew => "time-too-new",
        BlockVerdict.BadLength => "bad-blk-length",
        BlockVerdict.WrongMerkleRoot => "bad-txnmrklroot",
        BlockVerdict.DuplicateTransaction => "bad-txns-duplicate",
        BlockVerdict.CoinbaseMisplaced => "bad-cb-missing",
        BlockVerdict.WrongCoinbaseLength => "bad-cb-length",
        BlockVerdict.WrongHeight => "bad-cb-height",
        BlockVerdict.BadTransaction => "bad-txns",
        BlockVerdict.WrongWitnessCommitment => "bad-witness-merkle-match",
        BlockVerdict.UnexpectedWitness => "unexpected-witness",
        BlockVerdict.TooHeavy => "bad-blk-weight",
        BlockVerdict.CoinbaseTooHigh => "bad-cb-amount",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };

    private static BlockVerdict CheckHeader(BlockHeader header, BlockRules rules)
    {
        if (header.PreviousHash != rules.PreviousHash)
        {
            return BlockVerdict.WrongPrevious;
        }

        if (header.Bits != rules.Bits)
        {
            return BlockVerdict.WrongTarget;
        }

        if (!header.MeetsItsTarget())
        {
            return BlockVerdict.HighHash;
        }

        return header.Time < rules.MinTime ? BlockVerdict.TimeTooOld
            : header.Time > rules.MaxTime ? BlockVerdict.TimeTooNew
            : BlockVerdict.Good;
    }

    private static BlockVerdict CheckMerkleRoot(Block block)
    {
        if (block.Transactions.Count == 0 || block.ToOctets(withWitness: false).Length > Consensus.MaxStrippedSize)
        {
            return BlockVerdict.BadLength;
        }

        Hash256 root = MerkleTree.Root([.. block.Transactions.Select(t => t.Txid)], out bool mutated);
        return root != block.Header.MerkleRoot ? BlockVerdict.WrongMerkleRoot
            : mutated ? BlockVerdict.DuplicateTransaction
            : BlockVerdict.Good;
    }

    private static BlockVerdict CheckTransactions(Block block)
    {
        Transaction coinbase = block.Transactions[0];
        if (!coinbase.IsCoinbase || block.Transactions.Skip(1).Any(SpendsNothing))
        {
            return BlockVerdict.CoinbaseMisplaced;
        }

        if (coinbase.Inputs[0].Script.Length is < Consensus.MinCoinbaseScript or > Consensus.MaxCoinbaseScript)
        {
            return BlockVerdict.WrongCoinbaseLength;
        }

        HashSet<Hash256> ids = [];
        HashSet<OutPoint> spent = [];
        foreach (Transaction transaction in block.Transactions)
        {
            if (!ids.Add(transaction.Txid))
            {
                return BlockVerdict.DuplicateTransaction;
            }

            if (!AmountsFit(transaction) || !transaction.Inputs.All(input => spent.Add(input.Previous)))
            {
                return BlockVerdict.BadTransaction;
            }
        }

        return BlockVerdict.Good;
    }

    private static BlockVerdict CheckInPlace(Block block, BlockRules rules)
    {
        Transaction coinbase = block.Transactions[0];
        if (rules.NamesHeight && !Coinbase.NamesHeight(coinbase.Inputs[0].Script, rules.Height))
        {
            return BlockVerdict.WrongHeight;
        }

        BlockVerdict witness = CheckWitness(block, rules);
        if (witness != BlockVerdict.Good)
        {
            return witness;
        }

        if (block.Weight > Consensus.MaxBlockWeight)
        {
            return BlockVerdict.TooHeavy;
        }

        // The sum cannot overflow: every amount and every sum was checked against all the money there is.
        ulong paid = coinbase.Outputs.Aggregate(0UL, (sum, output) => sum + output.Value);
        return paid > rules.CoinbaseValue ? BlockVerdict.CoinbaseTooHigh : BlockVerdict.Good;
    }

    private static BlockVerdict CheckWitness(Block block, BlockRules rules)
    {
        Transaction coinbase = block.Transactions[0];
        if (!rules.Witness || Coinbase.FindCommitment(coinbase) is not { } commitment)
        {
            return block.Transactions.Any(t => t.HasWitness) ? BlockVerdict.UnexpectedWitness : BlockVerdict.Good;
        }

        if (coinbase.Inputs[0].Witness is not [{ Length: Hash256.Size } reserved])
        {
            return BlockVerdict.WrongWitnessCommitment;
        }

        Hash256 root = Coinbase.WitnessRoot(block.Transactions.Skip(1).Select(t => t.Wtxid));
        return Sha256d.HashPair(root, new Hash256(reserved)) == commitment
            ? BlockVerdict.Good
            : BlockVerdict.WrongWitnessCommitment;
    }

    private static bool SpendsNothing(Transaction transaction) =>
        transaction.Inputs.Any(input => input.Previous == OutPoint.Null);

    private static bool AmountsFit(Transaction transaction)
    {
        ulong sum = 0;
        foreach (TransactionOutput output in transaction.Outputs)
        {
            if (output.Value > Consensus.MaxMoney || (sum += output.Value) > Consensus.MaxMoney)
            {
                return false;
            }
        }

        return transaction.Outputs.Count > 0;
    }
}
