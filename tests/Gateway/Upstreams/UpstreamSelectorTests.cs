using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Tests.Jobs;
using MicroFirmware.Gateway.Upstreams;
using Microsoft.Extensions.Logging.Abstractions;

namespace MicroFirmware.Gateway.Tests.Upstreams;

public sealed class UpstreamSelectorTests
{
    /// <summary>How long a failed upstream may keep the gateway.</summary>
    private static readonly TimeSpan s_failOver = TimeSpan.FromSeconds(5);

    private readonly ManualTime _time = new();
    private readonly Source _first = new("first", 1);
    private readonly Source _second = new("second", 2);
    private readonly List<BlockTemplate> _published = [];

    [Fact]
    public void First_upstream_gives_the_work_and_the_second_is_not_heard()
    {
        UpstreamSelector selector = NewSelector();
        _second.Give();
        _first.Give();
        _second.Give();
        Pass(TimeSpan.FromSeconds(60), selector);

        Assert.Same(_first.Current, Assert.Single(_published));
        Assert.Same(_first.Current, selector.Current);
        Assert.Equal(("first", true), (selector.Name, selector.Healthy));
        Assert.Equal([true, false], selector.Reports().Select(report => report.Active));
    }

    [Fact]
    public void Upstream_that_fails_is_replaced_within_5_s_by_a_clean_job()
    {
        UpstreamSelector selector = NewSelector();
        _first.Give();
        _second.Give();
        Pass(TimeSpan.FromSeconds(30), selector);
        _first.Healthy = false;
        Pass(s_failOver, selector);

        Assert.Equal("second", selector.Name);
        Assert.Equal(_second.Current!.PreviousHash, _published[^1].PreviousHash);
        Assert.True(_published[^1].Clean);
        _first.Give();
        Assert.Equal(_second.Current.PreviousHash, selector.Current!.PreviousHash);
    }

    [Fact]
    public void Upstream_that_is_back_at_once_keeps_the_gateway()
    {
        UpstreamSelector selector = NewSelector();
        _first.Give();
        _second.Give();
        for (int i = 0; i < 10; i++)
        {
            _first.Healthy = false;
            Pass(TimeSpan.FromMilliseconds(750), selector);
            _first.Healthy = true;
            Pass(TimeSpan.FromSeconds(1), selector);
        }

        Assert.Equal("first", selector.Name);
        Assert.Single(_published);
    }

    [Fact]
    public void First_upstream_takes_over_again_when_it_has_been_healthy_for_a_while()
    {
        UpstreamSelector selector = NewSelector();
        _first.Give();
        _second.Give();
        _first.Healthy = false;
        Pass(s_failOver, selector);
        _first.Healthy = true;
        Pass(TimeSpan.FromSeconds(9), selector);
        Assert.Equal("second", selector.Name);
        _first.Healthy = false;
        Pass(TimeSpan.FromSeconds(1), selector);
        _first.Healthy = true;
        Pass(TimeSpan.FromSeconds(9), selector);
        Assert.Equal("second", selector.Name);
        Pass(TimeSpan.FromSeconds(2), selector);

        Assert.Equal("first", selector.Name);
        Assert.True(_published[^1].Clean);
    }

    [Fact]
    public void First_upstream_that_never_comes_is_not_waited_for()
    {
        UpstreamSelector selector = NewSelector();
        _first.Healthy = false;
        _second.Give();
        Pass(TimeSpan.FromSeconds(3), selector);
        Assert.Null(selector.Current);
        Pass(TimeSpan.FromSeconds(2), selector);
        Assert.Equal("second", selector.Name);
    }

    [Fact]
    public void Nobody_healthy_keeps_the_last_template()
    {
        UpstreamSelector selector = NewSelector();
        _first.Give();
        _first.Healthy = false;
        Pass(TimeSpan.FromMinutes(1), selector);
        Assert.Same(_first.Current, selector.Current);
        Assert.False(selector.Healthy);
    }

    [Theory]
    [InlineData(SubmitStatus.Rejected, SubmitStatus.Accepted, SubmitStatus.Accepted)]
    [InlineData(SubmitStatus.Duplicate, SubmitStatus.Unknown, SubmitStatus.Duplicate)]
    [InlineData(SubmitStatus.Rejected, SubmitStatus.Unknown, SubmitStatus.Unknown)]
    [InlineData(SubmitStatus.Rejected, SubmitStatus.Rejected, SubmitStatus.Rejected)]
    public async Task Block_goes_to_all_and_the_best_answer_counts(
        SubmitStatus first, SubmitStatus second, SubmitStatus expected)
    {
        UpstreamSelector selector = NewSelector();
        (_first.Answer, _second.Answer) = (first, second);
        Block block = Block.Parse(Convert.FromHexString(GatewayVectors.RegtestBlock));
        Assert.Equal(expected, (await selector.SubmitAsync(block, CancellationToken.None)).Status);
        Assert.Equal((1, 1), (_first.Blocks, _second.Blocks));
    }

    private UpstreamSelector NewSelector()
    {
        UpstreamSelector selector = new(
            [_first, _second], _time, new UpstreamMetrics(), NullLogger<UpstreamSelector>.Instance);
        selector.Changed += _published.Add;
        return selector;
    }

    private void Pass(TimeSpan time, UpstreamSelector selector)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMilliseconds(250))
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            selector.Tick();
        }
    }

    private sealed class Source(string name, byte previous) : IUpstream
    {
        public event Action<BlockTemplate>? Changed;

        public string Name => name;

        public BlockTemplate? Current { get; private set; }

        public bool Healthy { get; set; }

        public SubmitStatus Answer { get; set; }

        public int Blocks { get; private set; }

        public void Give()
        {
            Current = FixedUpstream.Easy(previous);
            Healthy = true;
            Changed?.Invoke(Current);
        }

        public Task<SubmitOutcome> SubmitAsync(Block block, CancellationToken cancel)
        {
            Blocks++;
            return Task.FromResult(new SubmitOutcome(Answer));
        }
    }
}
