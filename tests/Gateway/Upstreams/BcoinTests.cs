using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Gateway.Tests.Upstreams;

/// <summary>Blocks made of a real node's templates, judged by that node.</summary>
public sealed class BcoinTests
{
    /// <summary>Segwit is active on bcoin's chain from here on, and the first coinbases may be spent.</summary>
    private const int FirstBlocks = 440;

    private const ulong Coinbase = 50 * Consensus.Coin;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [BcoinFact]
    public async Task Blocks_of_0_1_and_1500_transactions_become_the_tip()
    {
        using BcoinNode node = await BcoinNode.StartAsync();
        await node.GenerateAsync(FirstBlocks);
        await AssertMinedAsync(node, transactions: 0);

        const int Many = 1_500;
        ulong share = (Coinbase / Many) - 2_000;

        await node.ForgetTemplateAsync();
        Transaction split = Spend(await node.CoinbaseAsync(1), [.. Enumerable.Repeat(share, Many)]);
        await node.SendAsync(split);
        await AssertMinedAsync(node, transactions: 1);

        await node.ForgetTemplateAsync();
        await Parallel.ForAsync(0, Many, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
            await node.SendAsync(Spend(new OutPoint(split.Txid, (uint)i), [share - 2_000])));
        await AssertMinedAsync(node, transactions: Many);
    }

    [BcoinFact]
    public async Task Chain_mined_from_its_first_block_passes_the_start_of_segwit()
    {
        using BcoinNode node = await BcoinNode.StartAsync();
        await AssertMinedAsync(node, transactions: 0);
        await node.GenerateAsync(16);
        await AssertMinedAsync(node, transactions: 0);
        await node.GenerateAsync(FirstBlocks);
        await AssertMinedAsync(node, transactions: 0);
    }

    [BcoinFact]
    public async Task Node_refuses_bad_blocks_for_the_reasons_we_give()
    {
        using BcoinNode node = await BcoinNode.StartAsync();
        await node.GenerateAsync(FirstBlocks);
        await using NodeUpstream upstream = Follow(node);
        Job job = await FirstJobAsync(upstream);
        Block good = Solve(job);
        BlockHeader unsolved = good.Header;
        while (unsolved.MeetsItsTarget())
        {
            unsolved = unsolved with { Nonce = unsolved.Nonce + 1 };
        }

        await RefusedAsync(BlockVerdict.HighHash, good with { Header = unsolved });
        await RefusedAsync(BlockVerdict.WrongMerkleRoot,
            good with { Header = Solved(good.Header with { MerkleRoot = Hash256.Zero }) });
        Transaction coinbase = good.Transactions[0];
        await RefusedAsync(BlockVerdict.CoinbaseTooHigh, Remade(good, new Transaction(2, coinbase.Inputs,
            [new(coinbase.Outputs[0].Value + 1, [0x51]), coinbase.Outputs[1]], 0)));
        byte[] wrong = [.. coinbase.Outputs[1].Script[..^1], (byte)~coinbase.Outputs[1].Script[^1]];
        await RefusedAsync(BlockVerdict.WrongWitnessCommitment, Remade(good, new Transaction(2, coinbase.Inputs,
            [coinbase.Outputs[0], new(0, wrong)], 0)));
        Assert.True((await upstream.SubmitAsync(good, CancellationToken.None)).Good);

        async Task RefusedAsync(BlockVerdict verdict, Block block)
        {
            Assert.Equal(verdict, BlockCheck.Check(block, RulesOf(job.Template)));
            SubmitOutcome outcome = await upstream.SubmitAsync(block, CancellationToken.None);
            Assert.Equal(new SubmitOutcome(SubmitStatus.Rejected, BlockCheck.Reason(verdict)), outcome);
        }
    }

    private static async Task AssertMinedAsync(BcoinNode node, int transactions)
    {
        await using NodeUpstream upstream = Follow(node);
        Job job = await FirstJobAsync(upstream);
        Assert.Equal(transactions, job.Template.Transactions.Count);

        TaskCompletionSource<BlockTemplate> next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        upstream.Changed += template =>
        {
            if (template.Height == job.Height + 1)
            {
                next.TrySetResult(template);
            }
        };
        Block block = Solve(job);
        Assert.Equal(BlockVerdict.Good, BlockCheck.Check(block, RulesOf(job.Template)));
        SubmitOutcome outcome = await upstream.SubmitAsync(block, CancellationToken.None);
        Assert.Equal(new SubmitOutcome(SubmitStatus.Accepted), outcome);
        Assert.Equal(block.Header.Hash().ToString(), await node.BestBlockAsync());

        // The long-poll says so by itself.
        Assert.Equal(block.Header.Hash(), (await next.Task.WaitAsync(s_patience)).PreviousHash);
    }

    private static NodeUpstream Follow(BcoinNode node)
    {
        return new NodeUpstream([node.Options], Coin.Find("bitcoin-regtest"), BcoinNode.AnyonesScript,
            () => new SocketsHttpHandler(), TimeProvider.System, Backoff.Usual(new Random(1)), new UpstreamMetrics(),
            NullLogger<NodeUpstream>.Instance);
    }

    private static async Task<Job> FirstJobAsync(NodeUpstream upstream)
    {
        TaskCompletionSource<Job> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        JobBoard board = new(upstream, new JobOptions(), TimeProvider.System, new Random(1));
        board.Published += job => first.TrySetResult(job);
        upstream.Start();
        return await first.Task.WaitAsync(s_patience);
    }

    private static Transaction Spend(OutPoint output, IReadOnlyList<ulong> values)
    {
        TransactionInput input = new(output, [], TransactionInput.FinalSequence) { Witness = [[0x51]] };
        IEnumerable<TransactionOutput> outputs = values.Select(v => new TransactionOutput(v, BcoinNode.AnyonesScript));
        return new Transaction(2, [input], [.. outputs], 0);
    }

    private static BlockRules RulesOf(BlockTemplate template) => new()
    {
        PreviousHash = template.PreviousHash,
        Height = template.Height,
        Bits = template.Bits,
        MinTime = template.MinTime,
        MaxTime = template.MaxTime,
        CoinbaseValue = template.CoinbaseValue,
        Witness = template.Witness,
    };

    private static Block Solve(Job job)
    {
        Assert.True(job.TryGrant(0, job.BlockWork, out LaneGrant grant));
        BlockHeader header = Solved(grant.Header with { Version = grant.Header.Version | grant.VersionMask });
        LaneShare share = new(grant.Lane, header.Version, header.Time, header.Nonce);
        Assert.Equal(VerdictCode.BlockFound, job.Check(share, 0).Verdict);
        return job.Assemble(share);
    }

    private static BlockHeader Solved(BlockHeader header)
    {
        while (!header.MeetsItsTarget())
        {
            header = header with { Nonce = header.Nonce + 1 };
        }

        return header;
    }

    private static Block Remade(Block block, Transaction coinbase)
    {
        Transaction[] transactions = [coinbase, .. block.Transactions.Skip(1)];
        Hash256 root = MerkleTree.Root([.. transactions.Select(t => t.Txid)]);
        return new Block(Solved(block.Header with { MerkleRoot = root }), transactions);
    }
}
