using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Tests.Jobs;
using MicroFirmware.Gateway.Upstreams;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Gateway.Tests.Upstreams;

/// <summary>A list of upstreams that is replaced while the gateway works, on time that is advanced by hand.</summary>
public sealed class UpstreamChangeTests
{
    private readonly ManualTime _time = new();
    private readonly Source _first = new("first", 1);
    private readonly Source _second = new("second", 2);
    private readonly Source _third = new("third", 3);
    private readonly List<BlockTemplate> _published = [];
    private readonly UpstreamSelector _selector;

    public UpstreamChangeTests()
    {
        _selector = new UpstreamSelector(
            [_first, _second], _time, new UpstreamMetrics(), NullLogger<UpstreamSelector>.Instance);
        _selector.Changed += _published.Add;
        _first.Give();
        _second.Give();
        Pass(30);
    }

    [Fact]
    public void New_one_above_the_active_one_takes_over_as_soon_as_it_has_work()
    {
        _selector.Replace([_third, _first, _second]);
        Pass(1);
        Assert.Equal(("first", true), (_selector.Name, _third.IsStarted));
        Assert.Single(_published);

        _third.Give();
        Pass(0.25);

        Assert.Equal("third", _selector.Name);
        Assert.True(_published[^1].Clean);
        Assert.Equal(["third", "first", "second"], _selector.Reports().Select(report => report.Name));
    }

    [Fact]
    public void New_one_that_fails_leaves_the_work_where_it_is()
    {
        _selector.Replace([_third, _first]);
        Pass(120);
        Assert.Equal(("first", true), (_selector.Name, _selector.Healthy));

        _selector.Replace([_third]);
        Pass(120);

        Assert.Equal(("first", true), (_selector.Name, _selector.Healthy));
        Assert.Single(_published);
        UpstreamReport leaving = Assert.Single(_selector.Reports(), report => report.Leaving);
        Assert.Equal(("first", true), (leaving.Name, leaving.Active));
        Assert.Equal(0, _first.Retired);

        // Its new blocks are new work too, as long as nobody else has any.
        _first.Give();
        Assert.Same(_first.Current, _published[^1]);
    }

    [Fact]
    public void Active_one_that_is_taken_out_is_followed_by_the_next_at_once()
    {
        _selector.Replace([_second]);

        Assert.Equal("second", _selector.Name);
        Assert.True(_published[^1].Clean);
        Assert.Equal(1, _first.Retired);
        int before = _published.Count;
        _first.Give();
        Assert.Equal(before, _published.Count);
    }

    [Fact]
    public void Active_one_that_is_made_anew_is_waited_for_and_nobody_takes_over_for_a_moment()
    {
        _selector.Replace([_third, _second]);
        Pass(3);
        Assert.Equal("first", _selector.Name);
        _third.Give();
        Pass(0.25);

        Assert.Equal("third", _selector.Name);
        Assert.DoesNotContain(_published, template => template.PreviousHash == _second.Current!.PreviousHash);
    }

    [Fact]
    public void Active_one_that_is_made_anew_and_does_not_come_is_not_waited_for()
    {
        _selector.Replace([_third, _second]);
        Pass(5);

        Assert.Equal("second", _selector.Name);
    }

    [Fact]
    public void Order_alone_counts_at_once_and_connects_nobody_anew()
    {
        _selector.Replace([_second, _first]);

        Assert.Equal("second", _selector.Name);
        Assert.Equal((0, 0), (_first.Retired, _second.Retired));
        Assert.DoesNotContain(_selector.Reports(), report => report.Leaving);
    }

    [Fact]
    public async Task Block_goes_to_one_that_was_taken_out_too_until_its_fate_must_be_known()
    {
        Block block = Block.Parse(Convert.FromHexString(GatewayVectors.RegtestBlock));
        _second.Answer = SubmitStatus.Rejected;
        _selector.Replace([_second]);
        Pass(60 * 60);
        Assert.Equal(SubmitStatus.Accepted, (await _selector.SubmitAsync(block, CancellationToken.None)).Status);

        _time.Advance(TimeSpan.FromHours(1));
        _selector.Tick();

        Assert.Equal(SubmitStatus.Rejected, (await _selector.SubmitAsync(block, CancellationToken.None)).Status);
        await _selector.DisposeAsync();
        Assert.Equal((1, 1), (_first.Disposed, _second.Disposed));
    }

    [Fact]
    public async Task Replaced_1000_times_few_are_kept_and_all_are_disposed_of()
    {
        List<Source> made = [];
        for (int i = 0; i < 1_000; i++)
        {
            made.Add(new Source($"{i}", (byte)i));
            made[^1].Give();
            _selector.Replace([made[^1]]);
            Assert.Equal($"{i}", _selector.Name);
        }

        Assert.InRange(made.Count(source => source.Blocks == 0), 1_000, 1_000);
        await _selector.SubmitAsync(
            Block.Parse(Convert.FromHexString(GatewayVectors.RegtestBlock)), CancellationToken.None);
        Assert.InRange(made.Count(source => source.Blocks > 0), 1, 40);
        await _selector.DisposeAsync();
        Assert.All(made, source => Assert.Equal(1, source.Disposed));
    }

    private void Pass(double seconds)
    {
        for (double passed = 0; passed < seconds; passed += 0.25)
        {
            _time.Advance(TimeSpan.FromSeconds(0.25));
            _selector.Tick();
        }
    }

    private sealed class Source(string name, byte previous) : IUpstream, IDisposable
    {
        public event Action<BlockTemplate>? Changed;

        public string Name => name;

        public BlockTemplate? Current { get; private set; }

        public bool Healthy => Current is not null;

        public bool IsStarted { get; private set; }

        public int Retired { get; private set; }

        public int Disposed { get; private set; }

        public int Blocks { get; private set; }

        public SubmitStatus Answer { get; set; } = SubmitStatus.Accepted;

        public void Start() => IsStarted = true;

        public void Retire() => Retired++;

        public void Dispose() => Disposed++;

        public void Give()
        {
            Current = FixedUpstream.Easy(previous);
            Changed?.Invoke(Current);
        }

        public Task<SubmitOutcome> SubmitAsync(Block block, CancellationToken cancel)
        {
            Blocks++;
            return Task.FromResult(new SubmitOutcome(Answer));
        }
    }
}
