using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Jobs;

/// <summary>Jobs whose coinbase is a pool's.</summary>
public class PoolJobTests
{
    private static readonly Hash256[] s_branch = [Sha256d.Hash([1]), Sha256d.Hash([2])];

    private readonly ExtranonceCounter _extranonces = new(4);

    [Theory]
    [InlineData(0u)]
    [InlineData(0x1fff_e000u)]
    [InlineData(0x0000_2000u)]
    public void Header_is_what_the_pool_makes_of_the_extranonce2(uint mask)
    {
        Job job = NewJob(mask);
        for (int i = 0; i < 5; i++)
        {
            Assert.True(job.TryGrant(i, 1, out LaneGrant grant));
            ReadOnlyMemory<byte> extranonce2 = job.ExtranonceOf(grant.Lane);
            byte[] coinbase = [.. job.Template.Pool!.Coinbase.Prefix, .. extranonce2.Span, 0xff];
            Assert.Equal(MerkleTree.Fold(Sha256d.Hash(coinbase), s_branch), grant.Header.MerkleRoot);
        }
    }

    [Fact]
    public void Without_version_rolling_every_lane_has_its_own_extranonce2()
    {
        Job job = NewJob(mask: 0);
        HashSet<string> given = [];
        for (int i = 0; i < 1_000; i++)
        {
            Assert.True(job.TryGrant(0, 1, out LaneGrant grant));
            Assert.Equal(0u, grant.VersionMask);
            Assert.True(given.Add(Convert.ToHexString(job.ExtranonceOf(grant.Lane).Span)));
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x1fff_e000u)]
    public void The_same_job_sent_twice_gives_no_header_twice(uint mask)
    {
        HashSet<(Hash256, uint)> headers = [];
        for (ulong id = 1; id <= 2; id++)
        {
            Job job = NewJob(mask, id);
            for (int i = 0; i < 5_000; i++)
            {
                Assert.True(job.TryGrant(0, 1, out LaneGrant grant));
                Assert.True(
                    headers.Add((grant.Header.MerkleRoot, grant.Header.Version)), $"job {id} lane {grant.Lane}");
            }
        }
    }

    [Fact]
    public void Lanes_end_with_the_extranonces()
    {
        Job job = NewJob(mask: 0, extranonces: new ExtranonceCounter(1));
        int given = 0;
        while (job.TryGrant(0, 1, out _))
        {
            given++;
        }

        Assert.Equal(128, given);
    }

    [Fact]
    public void Share_that_meets_the_pools_target_goes_up_and_is_never_asked_to_be_harder()
    {
        Job job = NewJob(mask: 0, poolWork: 16);
        Assert.Equal((16UL, Target.DifficultyOneWork), (job.UpstreamWork, job.BlockWork));
        Assert.True(job.TryGrant(0, 1_000, out LaneGrant hard));
        Assert.Equal(16UL, hard.ShareWork);

        Assert.True(job.TryGrant(0, 4, out LaneGrant easy));
        int up = 0;
        for (uint nonce = 0; nonce < 2_000; nonce++)
        {
            LaneShare share = new(easy.Lane, easy.Header.Version, easy.Header.Time, nonce);
            ShareCheck check = job.Check(share, 0);
            Assert.Equal(check.Verdict == VerdictCode.Accepted && Target.Meets(check.Hash.Number, 16), check.GoesUp);
            up += check.GoesUp ? 1 : 0;
            Assert.False(job.Check(share, 0).GoesUp);
        }

        Assert.InRange(up, 60, 250);
    }

    [Fact]
    public void Block_of_a_pool_is_not_ours_to_make()
    {
        Job job = NewJob(mask: 0);
        Assert.True(job.TryGrant(0, 1, out LaneGrant grant));
        Assert.Throws<InvalidOperationException>(() => job.Assemble(new LaneShare(grant.Lane, 0, 0, 0)));
    }

    [Fact]
    public void Template_that_says_so_makes_all_before_it_stale()
    {
        FixedUpstream upstream = new();
        using JobBoard board = new(upstream, new JobOptions(), new ManualTime(), new Random(1));
        upstream.Give(FixedUpstream.Easy());
        Job first = board.Current!;
        upstream.Give(FixedUpstream.Easy() with { Clean = true });

        Assert.True(board.Current!.Clean);
        Assert.Equal(JobState.Stale, board.Find(first.Id, out _));
        Assert.Equal(JobState.Live, board.Find(board.Current.Id, out _));
    }

    [Fact]
    public void Reward_goes_where_the_template_says()
    {
        BlockTemplate template = FixedUpstream.Easy() with { PayoutScript = [0x52], Witness = false };
        Job job = new(1, template, clean: true, startPrefix: 0, new JobOptions());
        Assert.True(job.TryGrant(0, 1, out LaneGrant grant));
        Block block = job.Assemble(new LaneShare(grant.Lane, grant.Header.Version, grant.Header.Time, 0));
        Assert.Equal([0x52], Assert.Single(block.Transactions[0].Outputs).Script);
    }

    private Job NewJob(uint mask, ulong id = 1, ulong poolWork = 1, ExtranonceCounter? extranonces = null)
    {
        ExtranonceCounter counter = extranonces ?? _extranonces;
        BlockTemplate template = FixedUpstream.Easy() with
        {
            VersionMask = mask,
            Bits = Target.DifficultyOneBits,
            Pool = new PoolWork(1, "job", new SplitCoinbase([1, 2, 3], counter.Size, [0xff]), s_branch,
                Target.FromWork(poolWork), counter),
        };
        return new Job(id, template, clean: true, startPrefix: 0, new JobOptions());
    }
}
