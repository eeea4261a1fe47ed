using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Upstreams;

public sealed class EmbeddedChainTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Genesis_is_always_the_same_and_good()
    {
        Assert.True(EmbeddedChain.Genesis.Header.MeetsItsTarget());
        Assert.Equal(EmbeddedChain.Genesis.Header.MerkleRoot, EmbeddedChain.Genesis.Transactions[0].Txid);
        Assert.StartsWith("1ea60dd6d09d3fade173e5500316d9ca", EmbeddedChain.Genesis.Header.Hash().ToString());
    }

    [Fact]
    public void Solved_block_becomes_the_tip_and_the_next_template_builds_on_it()
    {
        using EmbeddedChain chain = NewChain();
        using JobBoard board = new(chain, new JobOptions(), _time, new Random(1));
        Assert.Equal((0, 1, EmbeddedChain.Genesis.Header.Hash()),
            (chain.Height, chain.Current!.Height, chain.Current.PreviousHash));

        for (int height = 1; height <= 20; height++)
        {
            Block block = MineEased(chain, board);
            Assert.Equal(new SubmitOutcome(SubmitStatus.Accepted), Submit(chain, block));
            Assert.Equal(SubmitStatus.Duplicate, Submit(chain, block).Status);
            Assert.Equal((height, block.Header.Hash()), (chain.Height, chain.TipHash));
            Assert.Equal(block.Header.Hash(), chain.Current!.PreviousHash);
            Assert.True(board.Current!.Clean);
            Assert.True(chain.Current.Time >= chain.Current.MinTime);
        }
    }

    [Fact]
    public void Block_is_checked_before_it_is_connected()
    {
        using EmbeddedChain chain = NewChain();
        using JobBoard board = new(chain, new JobOptions(), _time, new Random(1));
        Block good = MineEased(chain, board);

        Rejected("bad-prevblk", good with { Header = good.Header with { PreviousHash = Hash256.Zero } });
        Rejected("bad-diffbits", good with { Header = good.Header with { Bits = 0x207fffff } });
        Rejected("high-hash", good with { Header = Unsolved(good.Header) });
        Rejected("bad-blk-length", good with { Transactions = [] });
        uint late = (uint)_time.GetUtcNow().ToUnixTimeSeconds() + 7_201;
        Rejected("time-too-new", good with { Header = Solved(good.Header with { Time = late }) });
        Rejected("time-too-old", good with { Header = Solved(good.Header with { Time = 1 }) });

        Transaction coinbase = good.Transactions[0];
        Transaction greedy = new(2, coinbase.Inputs,
            [new(coinbase.Outputs[0].Value + 1, [0x51]), coinbase.Outputs[1]], 0);
        Rejected("bad-cb-amount", Remade(good, [greedy]));
        TransactionInput spent = new(new OutPoint(coinbase.Txid, 0), [], 0);
        Rejected("bad-txns-inputs-missingorspent", Remade(good,
            [Committed(coinbase, []), new(1, [spent], [new(1, [0x51])], 0)]));
        Assert.Equal(0, chain.Height);
        Assert.Equal(SubmitStatus.Accepted, Submit(chain, good).Status);

        void Rejected(string reason, Block block) =>
            Assert.Equal(new SubmitOutcome(SubmitStatus.Rejected, reason), Submit(chain, block));
    }

    [Fact]
    public void Target_eases_while_no_block_comes_and_earlier_targets_stay_good()
    {
        using EmbeddedChain chain = NewChain();
        using JobBoard board = new(chain, new JobOptions { KeptJobs = 100 }, _time, new Random(1));
        int templates = 0;
        chain.Changed += _ => templates++;
        List<Job> jobs = [board.Current!];
        board.Published += jobs.Add;
        for (int i = 0; i < 120; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            chain.Tick();
        }

        // 18 halvings from 2^20 to 4, and one renewal of the time after 30 s.
        Assert.InRange(templates, 18, 20);
        Assert.Equal(BlockPace.LeastWork, jobs[^1].BlockWork);
        Assert.All(jobs.Skip(1), job => Assert.False(job.Clean));
        Assert.Equal(jobs.Select(j => j.BlockWork).OrderDescending(), jobs.Select(j => j.BlockWork));

        Job earlier = jobs.First(j => j.BlockWork <= 1_024);
        Assert.Equal(SubmitStatus.Accepted, Submit(chain, Mine(earlier)).Status);
    }

    [Fact]
    public void Work_of_the_next_block_follows_the_proven_rate()
    {
        double rate = 0;
        using EmbeddedChain chain = new(EmbeddedChain.DefaultBlockTime, () => rate, _time, new MemoryChainStore());
        using JobBoard board = new(chain, new JobOptions(), _time, new Random(1));
        rate = 250;
        Submit(chain, MineEased(chain, board));
        for (int i = 0; i < 3; i++)
        {
            _time.Advance(EmbeddedChain.DefaultBlockTime);
            Submit(chain, Mine(board.Current!));
        }

        // A compact target has 23 bits of mantissa or fewer.
        Assert.InRange(board.Current!.BlockWork, 1_000UL, 1_001UL);
    }

    [Fact]
    public void Idle_template_is_renewed_so_that_its_time_keeps_up()
    {
        using EmbeddedChain chain = NewChain();
        _time.Advance(TimeSpan.FromSeconds(60));
        chain.Tick();
        uint before = chain.Current!.Time;
        _time.Advance(TimeSpan.FromSeconds(29));
        chain.Tick();
        Assert.Equal(before, chain.Current.Time);
        _time.Advance(TimeSpan.FromSeconds(1));
        chain.Tick();
        Assert.Equal(before + 30, chain.Current.Time);
    }

    [Fact]
    public void Stored_chain_goes_on_where_it_was_left()
    {
        string path = _directory.File("chain");
        (Hash256 tip, ulong work) = Grow(path, blocks: 3);

        using (FileChainStore store = new(path))
        using (EmbeddedChain chain = NewChain(store))
        {
            Assert.Equal((3, tip), (chain.Height, chain.TipHash));
            Assert.InRange(Target.Work(Target.FromCompact(chain.Current!.Bits)), work, work + 1);
        }

        // A crash in the middle of the last block leaves the two before it.
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(file.Length - 1);
        }

        Assert.Equal(2, HeightOf(path));
        Grow(path, blocks: 1);
        Assert.Equal(3, HeightOf(path));
    }

    [Fact]
    public void Stored_chain_keeps_its_last_blocks()
    {
        string path = _directory.File("chain");
        for (int height = 1; height <= 20; height++)
        {
            (Hash256 tip, _) = Grow(path, blocks: 1, keptBlocks: 3);
            using FileChainStore store = new(path, keptBlocks: 3);
            Assert.InRange(store.Load().Count(), Math.Min(height, 3), 5);
            using EmbeddedChain chain = NewChain(store);
            Assert.Equal((height, tip), (chain.Height, chain.TipHash));
        }

        Assert.Equal(["chain", "chain.lock"], Directory.GetFiles(_directory.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Stored_block_that_breaks_a_rule_stops_the_start()
    {
        string path = _directory.File("chain");
        Grow(path, blocks: 2);
        byte[] octets = File.ReadAllBytes(path);
        octets[4 + 70] ^= 1;
        File.WriteAllBytes(path, octets);
        using FileChainStore store = new(path);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => NewChain(store));
        Assert.Contains("Block 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Block_time_too_short_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new EmbeddedChain(TimeSpan.FromMilliseconds(99), () => 0, _time, new MemoryChainStore()));

    public void Dispose() => _directory.Dispose();

    private static SubmitOutcome Submit(EmbeddedChain chain, Block block)
    {
        Task<SubmitOutcome> outcome = chain.SubmitAsync(block, CancellationToken.None);
        Assert.True(outcome.IsCompletedSuccessfully);
        return outcome.Result;
    }

    private static Block Mine(Job job)
    {
        Assert.True(job.TryGrant(0, job.BlockWork, out LaneGrant grant));
        BlockHeader header = Solved(grant.Header);
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

    private static BlockHeader Unsolved(BlockHeader header)
    {
        while (header.MeetsItsTarget())
        {
            header = header with { Nonce = header.Nonce + 1 };
        }

        return header;
    }

    private static Transaction Committed(Transaction coinbase, Hash256[] wtxids)
    {
        byte[] commitment = Coinbase.CommitmentScript(Coinbase.WitnessRoot(wtxids), Hash256.Zero);
        return new Transaction(2, coinbase.Inputs, [coinbase.Outputs[0], new(0, commitment)], 0);
    }

    private static Block Remade(Block block, Transaction[] transactions)
    {
        transactions[0] = Committed(transactions[0], [.. transactions.Skip(1).Select(t => t.Wtxid)]);
        Hash256 root = MerkleTree.Root([.. transactions.Select(t => t.Txid)]);
        return new Block(Solved(block.Header with { MerkleRoot = root }), transactions);
    }

    private EmbeddedChain NewChain(IChainStore? store = null) =>
        new(EmbeddedChain.DefaultBlockTime, () => 0, _time, store ?? new MemoryChainStore());

    private Block MineEased(EmbeddedChain chain, JobBoard board)
    {
        _time.Advance(TimeSpan.FromSeconds(14));
        chain.Tick();
        return Mine(board.Current!);
    }

    private (Hash256 Tip, ulong Work) Grow(string path, int blocks, int keptBlocks = 100)
    {
        using FileChainStore store = new(path, keptBlocks);
        using EmbeddedChain chain = NewChain(store);
        using JobBoard board = new(chain, new JobOptions(), _time, new Random(1));
        ulong work = 0;
        for (int i = 0; i < blocks; i++)
        {
            Block block = MineEased(chain, board);
            work = Target.Work(Target.FromCompact(block.Header.Bits));
            Assert.Equal(SubmitStatus.Accepted, Submit(chain, block).Status);
        }

        return (chain.TipHash, work);
    }

    private int HeightOf(string path)
    {
        using FileChainStore store = new(path);
        using EmbeddedChain chain = NewChain(store);
        return chain.Height;
    }
}
