using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Jobs;

public class JobBoardTests
{
    private readonly FixedUpstream _upstream = new();
    private readonly ManualTime _time = new();

    [Fact]
    public void Template_that_is_there_already_becomes_a_job()
    {
        _upstream.Give(FixedUpstream.Easy());
        using JobBoard board = NewBoard();
        Assert.True(board.Current!.Clean);
        Assert.Equal(100, board.Current.Height);
    }

    [Fact]
    public void No_template_is_no_job()
    {
        using JobBoard board = NewBoard();
        Assert.Null(board.Current);
        Assert.Equal(JobState.Unknown, board.Find(1, out Job? job));
        Assert.Null(job);
    }

    [Fact]
    public void Only_a_new_previous_block_makes_a_clean_job()
    {
        using JobBoard board = NewBoard();
        List<Job> published = [];
        board.Published += published.Add;
        _upstream.Give(FixedUpstream.Easy());
        _upstream.Give(FixedUpstream.Easy() with { CoinbaseValue = 1 });
        _upstream.Give(FixedUpstream.Easy(previous: 2));

        Assert.Equal([true, false, true], published.Select(j => j.Clean));
        Assert.Equal(published.Select(j => j.Id).Order(), published.Select(j => j.Id));
        Assert.Same(published[2], board.Current);
        Assert.Equal(JobState.Stale, board.Find(published[0].Id, out Job? kept));
        Assert.Same(published[0], kept);
        Assert.True(board.TryFindLive(published[2].Id, out _));
        Assert.False(board.TryFindLive(published[1].Id, out _));
    }

    [Fact]
    public void Time_alone_makes_a_new_job_only_when_the_last_is_old()
    {
        using JobBoard board = NewBoard();
        List<Job> published = [];
        board.Published += published.Add;
        BlockTemplate template = FixedUpstream.Easy();
        _upstream.Give(template);
        _time.Advance(JobOptions.DefaultNTimeRefresh - TimeSpan.FromTicks(1));
        _upstream.Give(template with { Time = template.Time + 29 });
        board.Refresh();
        Assert.Single(published);

        _time.Advance(TimeSpan.FromTicks(1));
        board.Refresh();
        board.Refresh();
        Assert.Equal([template.Time, template.Time + 30], published.Select(j => j.Template.Time));
        Assert.Equal([true, false], published.Select(j => j.Clean));
    }

    [Fact]
    public void Refreshed_time_is_never_beyond_what_the_template_allows()
    {
        using JobBoard board = NewBoard();
        BlockTemplate template = FixedUpstream.Easy();
        _upstream.Give(template with { MaxTime = template.Time + 7 });
        _time.Advance(TimeSpan.FromMinutes(1));
        board.Refresh();

        Assert.Equal(template.Time + 7, board.Current!.Template.Time);
    }

    [Fact]
    public void Pool_job_given_again_with_another_time_takes_no_share_twice()
    {
        using JobBoard board = NewBoard();
        ExtranonceCounter counter = new(4);
        BlockTemplate template = PoolWorks.Template("a", counter);
        _upstream.Give(template);
        Job first = board.Current!;
        Extranonce extranonce = first.Extranonces.Join(7, [0, 0]);
        ConnectionTerms terms = new(1, template.Time, uint.MaxValue, 0);
        ConnectionShare share = new(null, template.Time + 5, 1);
        Assert.Equal(VerdictCode.Accepted, first.Check(share, first.RootOf(extranonce), terms).Verdict);

        _upstream.Give(PoolWorks.Template("other", counter, tag: 1));
        _upstream.Give(template with { Time = template.Time + 1 });
        Job again = board.Current!;
        Assert.NotSame(first, again);
        Assert.Equal(first.HeadersId, again.HeadersId);
        Assert.Equal(VerdictCode.Duplicate, again.Check(share, again.RootOf(extranonce), terms).Verdict);
    }

    [Fact]
    public void Jobs_beyond_the_bound_are_stale_and_at_last_unknown()
    {
        using JobBoard board = NewBoard(new JobOptions { KeptJobs = 3 });
        List<ulong> ids = [];
        board.Published += job => ids.Add(job.Id);
        for (uint i = 0; i < 2_000; i++)
        {
            _upstream.Give(FixedUpstream.Easy() with { CoinbaseValue = i });
        }

        Assert.Equal(JobState.Live, board.Find(ids[^3], out Job? live));
        Assert.NotNull(live);
        Assert.Equal(JobState.Stale, board.Find(ids[^4], out Job? dropped));
        Assert.Null(dropped);
        Assert.Equal(JobState.Stale, board.Find(ids[^1027], out _));
        Assert.Equal(JobState.Unknown, board.Find(ids[^1028], out _));
    }

    [Fact]
    public void Ids_of_a_later_start_are_not_those_of_an_earlier_one()
    {
        HashSet<ulong> ids = [];
        for (int start = 0; start < 5; start++)
        {
            using JobBoard board = NewBoard();
            board.Published += job => Assert.True(ids.Add(job.Id));
            for (uint i = 0; i < 100; i++)
            {
                _upstream.Give(FixedUpstream.Easy() with { CoinbaseValue = i });
            }

            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(500, ids.Count);
    }

    [Fact]
    public void Disposed_board_follows_no_more()
    {
        JobBoard board = NewBoard();
        board.Dispose();
        _upstream.Give(FixedUpstream.Easy());
        Assert.Null(board.Current);
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        Refused(new JobOptions { KeptJobs = 0 }, nameof(JobOptions.KeptJobs));
        Refused(new JobOptions { DeviceVersionBits = 17 }, nameof(JobOptions.DeviceVersionBits));
        Refused(new JobOptions { PayoutScript = [] }, nameof(JobOptions.PayoutScript));
        Refused(new JobOptions { Tag = new string('x', 65) }, nameof(JobOptions.Tag));
        Refused(new JobOptions { Tag = "ü" }, nameof(JobOptions.Tag));
        Refused(new JobOptions { MaxSharesPerJob = 0 }, nameof(JobOptions.MaxSharesPerJob));
        Refused(new JobOptions { MaxLanesPerJob = 0 }, nameof(JobOptions.MaxLanesPerJob));

        void Refused(JobOptions options, string name) =>
            Assert.Contains(name, Assert.Throws<ArgumentException>(() => NewBoard(options)).Message);
    }

    private JobBoard NewBoard(JobOptions? options = null) =>
        new(_upstream, options ?? new JobOptions(), _time, new Random(1));
}
