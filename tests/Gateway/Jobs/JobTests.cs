using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Jobs;

public class JobTests
{
    private const int Owner = 3;
    private const uint HardBits = 0x1d00ffff;

    [Fact]
    public void Grant_gives_rising_lanes_with_headers_of_their_own()
    {
        Job job = NewJob();
        LaneGrant first = Grant(job);
        LaneGrant second = Grant(job);
        Assert.Equal((0u, 1u, 2L), (first.Lane, second.Lane, job.Lanes));
        Assert.Equal(0x2000_0000u, first.Header.Version);
        Assert.Equal(0x2002_0000u, second.Header.Version);
        Assert.Equal(0x0001_e000u, first.VersionMask);
        Assert.Equal(first.Header.MerkleRoot, second.Header.MerkleRoot);
        Assert.Equal((job.Template.PreviousHash, job.Template.Time, job.Template.Bits, 0u),
            (first.Header.PreviousHash, first.Header.Time, first.Header.Bits, first.Header.Nonce));
    }

    [Theory]
    [InlineData(4, 0x1fff_e000)]
    [InlineData(0, 0x1fff_e000)]
    [InlineData(16, 0x1fff_e000)]
    [InlineData(3, 0x0000_00ff)]
    [InlineData(4, 0x0000_0000)]
    [InlineData(2, 0x1004_2000)]
    public void Lanes_of_two_jobs_never_give_the_same_header(int deviceBits, uint mask)
    {
        JobOptions options = new() { DeviceVersionBits = deviceBits };
        BlockTemplate template = FixedUpstream.Easy() with { VersionMask = mask };
        HashSet<(Hash256 Root, uint Version)> headers = [];
        for (ulong id = 1; id <= 2; id++)
        {
            Job job = new(id, template, clean: id == 1, startPrefix: 7, options);
            for (int i = 0; i < 5_000; i++)
            {
                LaneGrant grant = Grant(job);
                Assert.Equal(0u, grant.Header.Version & grant.VersionMask);
                Assert.Equal(0u, (grant.Header.Version ^ template.Version) & ~mask);
                Assert.True(headers.Add((grant.Header.MerkleRoot, grant.Header.Version)), $"lane {grant.Lane}");
            }
        }
    }

    [Fact]
    public void Lanes_of_two_starts_with_the_same_job_id_differ()
    {
        Job earlier = new(9, FixedUpstream.Easy(), clean: true, startPrefix: 1, new JobOptions());
        Job later = new(9, FixedUpstream.Easy(), clean: true, startPrefix: 2, new JobOptions());
        Assert.NotEqual(Grant(earlier).Header.MerkleRoot, Grant(later).Header.MerkleRoot);
    }

    [Fact]
    public void Lanes_given_by_many_threads_are_given_once()
    {
        Job job = NewJob();
        uint[] lanes = new uint[20_000];
        Parallel.For(0, lanes.Length, i => lanes[i] = Grant(job, owner: i).Lane);
        Assert.Equal(lanes.Length, lanes.Distinct().Count());
        for (int i = 0; i < lanes.Length; i++)
        {
            LaneShare share = new(lanes[i], 0, 0, 0);
            Assert.Equal(VerdictCode.BadVersionBits, job.Check(share, i).Verdict);
            Assert.Equal(VerdictCode.OutOfLane, job.Check(share, i + 1).Verdict);
        }
    }

    [Fact]
    public void Grant_ends_with_the_lanes()
    {
        Job job = NewJob(options: new JobOptions { MaxLanesPerJob = 2 });
        Grant(job);
        Grant(job);
        Assert.False(job.TryGrant(Owner, 1, out _));
        Assert.Equal(2, job.Lanes);
        Assert.Throws<ArgumentOutOfRangeException>(() => job.TryGrant(-1, 1, out _));
    }

    [Fact]
    public void Share_target_is_never_below_the_block_target()
    {
        Job job = NewJob(FixedUpstream.Easy() with { Bits = HardBits });
        LaneGrant hard = Grant(job, work: ulong.MaxValue);
        Assert.Equal(Target.DifficultyOneWork, hard.ShareWork);
        Assert.True(hard.ShareTarget >= job.BlockTarget);
        LaneGrant easy = Grant(job, work: 1_000);
        Assert.Equal((1_000UL, Target.FromWork(1_000)), (easy.ShareWork, easy.ShareTarget));
        Assert.Equal(1UL, Grant(job, work: 0).ShareWork);
    }

    [Fact]
    public void Check_tells_every_defect_apart()
    {
        Job job = NewJob(FixedUpstream.Easy() with { Bits = HardBits });
        LaneGrant grant = Grant(job, work: 1);
        uint time = grant.Header.Time;
        LaneShare good = new(grant.Lane, grant.Header.Version | grant.VersionMask, time, 0);

        Expect(VerdictCode.OutOfLane, good with { Lane = 1 });
        Expect(VerdictCode.OutOfLane, good with { Lane = uint.MaxValue });
        Assert.Equal(VerdictCode.OutOfLane, job.Check(good, Owner + 1).Verdict);
        Expect(VerdictCode.BadVersionBits, good with { Version = good.Version ^ 0x0002_0000 });
        Expect(VerdictCode.BadVersionBits, good with { Version = good.Version ^ 1 });
        Expect(VerdictCode.BadVersionBits, good with { Version = good.Version ^ 0x2000_0000 });
        Expect(VerdictCode.BadNTime, good with { NTime = time - 1 });
        Expect(VerdictCode.BadNTime, good with { NTime = 0 });
        Expect(VerdictCode.BadNTime, good with { NTime = time + grant.NTimeRollSeconds + 1 });
        Expect(VerdictCode.Accepted, good);
        Expect(VerdictCode.Duplicate, good);
        Expect(VerdictCode.Accepted, good with { NTime = time + grant.NTimeRollSeconds });
        Expect(VerdictCode.Accepted, good with { Version = grant.Header.Version });

        void Expect(VerdictCode verdict, LaneShare share)
        {
            ShareCheck check = job.Check(share, Owner);
            Assert.Equal(verdict, check.Verdict);
            Assert.Equal(verdict == VerdictCode.Accepted ? 1UL : 0UL, check.Work);
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(BlockHeader.RollingMask)]
    public void Check_of_any_lane_that_was_not_given_is_out_of_lane(uint mask)
    {
        Job job = NewJob(FixedUpstream.Easy() with { VersionMask = mask });
        Grant(job);
        foreach (uint lane in (uint[])[1, 2, 4_095, 4_096, 65_535, 0x7fff_ffff, 0x8000_0000, uint.MaxValue])
        {
            Assert.Equal(VerdictCode.OutOfLane, job.Check(new LaneShare(lane, 0, 0, 0), Owner).Verdict);
        }
    }

    [Fact]
    public void Check_holds_a_share_against_the_target_of_its_lane()
    {
        const int Seed = 12;
        Random random = new(Seed);
        Job job = NewJob(FixedUpstream.Easy() with { Bits = HardBits });
        LaneGrant grant = Grant(job, work: 16);
        int accepted = 0;
        for (int i = 0; i < 2_000; i++)
        {
            uint nonce = (uint)random.NextInt64(1L << 32);
            LaneShare share = new(grant.Lane, grant.Header.Version, grant.Header.Time, nonce);
            ShareCheck check = job.Check(share, Owner);
            Hash256 hash = (grant.Header with { Nonce = nonce }).Hash();
            bool meets = hash.Number <= grant.ShareTarget;
            Assert.Equal((meets ? VerdictCode.Accepted : VerdictCode.LowDifficulty, hash), (check.Verdict, check.Hash));
            accepted += meets ? 1 : 0;
        }

        Assert.InRange(accepted, 80, 180);
    }

    [Fact]
    public void Full_job_is_over_for_shares_and_not_for_solutions()
    {
        Job hard = NewJob(FixedUpstream.Easy() with { Bits = HardBits }, new JobOptions { MaxSharesPerJob = 1 });
        LaneGrant grant = Grant(hard, work: 1);
        LaneShare share = new(grant.Lane, grant.Header.Version, grant.Header.Time, 1);
        Assert.Equal(VerdictCode.Accepted, hard.Check(share, Owner).Verdict);
        Assert.Equal(VerdictCode.Stale, hard.Check(share with { Nonce = 2 }, Owner).Verdict);

        Job easy = NewJob(options: new JobOptions { MaxSharesPerJob = 1 });
        (LaneShare first, LaneShare second) = (Solve(easy, 0), Solve(easy, 0));
        Assert.Equal(VerdictCode.BlockFound, easy.Check(first, Owner).Verdict);
        Assert.Equal(VerdictCode.BlockFound, easy.Check(second, Owner).Verdict);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5_000)]
    public void Assembled_block_breaks_no_rule(int lanesBefore)
    {
        Transaction old = Block.Parse(Convert.FromHexString(GatewayVectors.RegtestBlock)).Transactions[1];
        TemplateTransaction[] transactions = [new(old.Txid, old.Wtxid, old.ToOctets())];
        BlockTemplate template = FixedUpstream.Easy() with { Transactions = transactions };
        Job job = NewJob(template);
        LaneShare share = Solve(job, lanesBefore);
        Assert.Equal(VerdictCode.BlockFound, job.Check(share, Owner).Verdict);

        Block block = job.Assemble(share);
        BlockRules rules = new()
        {
            PreviousHash = template.PreviousHash,
            Height = template.Height,
            Bits = template.Bits,
            MinTime = template.Time,
            CoinbaseValue = template.CoinbaseValue,
        };
        Assert.Equal(BlockVerdict.Good, BlockCheck.Check(Block.Parse(block.ToOctets()), rules));
        Assert.Equal(old.Wtxid, block.Transactions[1].Wtxid);
        Assert.Throws<ArgumentException>(() => job.Assemble(share with { Lane = uint.MaxValue }));
    }

    [Fact]
    public void Assembled_block_without_witness_commits_to_none()
    {
        Job job = NewJob(FixedUpstream.Easy() with { Witness = false });
        Transaction coinbase = job.Assemble(Solve(job, 0)).Transactions[0];
        Assert.False(coinbase.HasWitness);
        Assert.Null(Coinbase.FindCommitment(coinbase));
        Assert.Contains("/MicroFirmware/", System.Text.Encoding.ASCII.GetString(coinbase.Inputs[0].Script));
    }

    private static Job NewJob(BlockTemplate? template = null, JobOptions? options = null) =>
        new(1, template ?? FixedUpstream.Easy(), clean: true, startPrefix: 0, options ?? new JobOptions());

    private static LaneGrant Grant(Job job, int owner = Owner, ulong work = 1)
    {
        Assert.True(job.TryGrant(owner, work, out LaneGrant grant));
        return grant;
    }

    private static LaneShare Solve(Job job, int lanesBefore)
    {
        for (int i = 0; i < lanesBefore; i++)
        {
            Grant(job, work: 1);
        }

        LaneGrant grant = Grant(job);
        BlockHeader header = grant.Header with { Version = grant.Header.Version | grant.VersionMask };
        while (!header.MeetsItsTarget())
        {
            header = header with { Nonce = header.Nonce + 1 };
        }

        return new LaneShare(grant.Lane, header.Version, header.Time, header.Nonce);
    }
}
