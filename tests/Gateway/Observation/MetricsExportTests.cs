using System.Diagnostics.Metrics;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Observation;

namespace MicroFirmware.Gateway.Tests.Observation;

/// <summary>What collectors read, of a meter of the test's own.</summary>
public sealed class MetricsExportTests : IDisposable
{
    private readonly Meter _meter = new(GatewayMetrics.MeterName);
    private readonly ManualTime _time = new();
    private readonly MetricsExport _export;

    public MetricsExportTests() => _export = new MetricsExport(new MetricsOptions(), [_meter], null, _time);

    public void Dispose()
    {
        _export.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Counter_has_total_in_its_name_and_a_sample_for_each_label()
    {
        Counter<long> counter = _meter.CreateCounter<long>("a.shares", "{share}", "Shares.\nBy verdict \\ all.");
        counter.Add(2, new KeyValuePair<string, object?>("verdict", "Accepted"));
        counter.Add(3, new KeyValuePair<string, object?>("verdict", "Stale"));
        counter.Add(4, new KeyValuePair<string, object?>("verdict", "Stale"));

        PrometheusPage page = Read();

        Assert.Equal("counter", page.Types["a_shares_total"]);
        Assert.Equal("""Shares.\nBy verdict \\ all.""", page.Help["a_shares_total"]);
        Assert.Equal(2, page["""a_shares_total{verdict="Accepted"}"""]);
        Assert.Equal(7, page["""a_shares_total{verdict="Stale"}"""]);
    }

    [Fact]
    public void Observable_instruments_of_every_kind_are_read()
    {
        _meter.CreateObservableGauge("a.rate", () => 1.5, "{hash}/s");
        _meter.CreateObservableGauge("a.level", () => 7);
        _meter.CreateObservableUpDownCounter("a.open", () => 3, "{connection}");
        _meter.CreateObservableCounter("a.time", () => 0.25, "s");
        UpDownCounter<long> waiting = _meter.CreateUpDownCounter<long>("a.waiting");
        waiting.Add(5);
        waiting.Add(-2);

        PrometheusPage page = Read();

        Assert.Equal((1.5, "gauge"), (page["a_rate_per_second"], page.Types["a_rate_per_second"]));
        Assert.Equal((7, "gauge"), (page["a_level"], page.Types["a_level"]));
        Assert.Equal((3, "gauge"), (page["a_open"], page.Types["a_open"]));
        Assert.Equal((0.25, "counter"), (page["a_time_seconds_total"], page.Types["a_time_seconds_total"]));
        Assert.Equal((3, "gauge"), (page["a_waiting"], page.Types["a_waiting"]));
    }

    [Fact]
    public void Histogram_counts_each_bucket_with_all_below()
    {
        InstrumentAdvice<double> advice = new() { HistogramBucketBoundaries = [0.1, 1, 10] };
        Histogram<double> histogram = _meter.CreateHistogram("a.commit", "s", "", null, advice);
        foreach (double value in new[] { 0.05, 0.1, 0.5, 5, 50 })
        {
            histogram.Record(value, new KeyValuePair<string, object?>("disk", "x"));
        }

        PrometheusPage page = Read();

        string[] bounds = ["0.1", "1", "10", "+Inf"];
        Assert.Equal(
            [2, 3, 4, 5], bounds.Select(le => page[$"a_commit_seconds_bucket{{disk=\"x\",le=\"{le}\"}}"]));
        Assert.Equal(5, page["""a_commit_seconds_count{disk="x"}"""]);
        Assert.Equal(55.65, page["""a_commit_seconds_sum{disk="x"}"""], 6);
    }

    [Fact]
    public void Histogram_of_seconds_that_names_no_buckets_has_some_that_suit_it()
    {
        _meter.CreateHistogram<double>("a.latency", "s").Record(0.003);

        PrometheusPage page = Read();

        page.AssertIsHistogram("a_latency_seconds");
        Assert.Equal(0, page["""a_latency_seconds_bucket{le="0.002"}"""]);
        Assert.Equal(1, page["""a_latency_seconds_bucket{le="0.005"}"""]);
    }

    [Fact]
    public void Label_values_cannot_break_a_line()
    {
        _meter.CreateObservableGauge("a.gauge", () => new Measurement<int>(
            1, new KeyValuePair<string, object?>("bad.key-1", "\"}\n# x \\"), new("n", null), new("9", 5)));

        Assert.Equal(1, Read()["""a_gauge{_9="5",bad_key_1="\"}\n# x \\",n=""}"""]);
    }

    [Fact]
    public void Numbers_that_are_none_are_written_as_the_format_has_them()
    {
        _meter.CreateObservableGauge("a.up", () => double.PositiveInfinity);
        _meter.CreateObservableGauge("a.down", () => double.NegativeInfinity);
        _meter.CreateObservableGauge("a.nan", () => double.NaN);

        PrometheusPage page = Read();

        Assert.Equal(double.PositiveInfinity, page["a_up"]);
        Assert.Equal(double.NegativeInfinity, page["a_down"]);
        Assert.Equal(double.NaN, page["a_nan"]);
    }

    [Fact]
    public void Meter_of_another_gateway_in_the_process_is_left_out()
    {
        using Meter other = new(GatewayMetrics.MeterName);
        other.CreateObservableGauge("a.stranger", () => 1);
        _meter.CreateObservableGauge("a.own", () => 1);

        PrometheusPage page = Read();

        Assert.Contains("a_own", page.Samples);
        Assert.DoesNotContain("a_stranger", page.Samples);
    }

    [Fact]
    public void Figures_are_collected_once_a_second_however_often_they_are_asked_for()
    {
        int reads = 0;
        _meter.CreateObservableGauge("a.gauge", () => ++reads);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(1, Read()["a_gauge"]);
        }

        _time.Advance(TimeSpan.FromSeconds(1.5));

        Assert.Equal(2, Read()["a_gauge"]);
    }

    [Fact]
    public void Runtime_figures_are_among_them() =>
        Assert.True(Read()["dotnet_process_memory_working_set_bytes"] > 0);

    [Theory]
    [InlineData("a.b.c", "", false, "a_b_c")]
    [InlineData("a", "{share}", true, "a_total")]
    [InlineData("a.total", "", true, "a_total")]
    [InlineData("a", "ms", false, "a_milliseconds")]
    [InlineData("a", "By", true, "a_bytes_total")]
    [InlineData("a.seconds", "s", false, "a_seconds")]
    [InlineData("a", "By/s", false, "a_bytes_per_second")]
    [InlineData("a", "{hash}/s", false, "a_per_second")]
    [InlineData("a", "furlong", false, "a")]
    [InlineData("9-lives é", "1", false, "_9_lives_")]
    public void Name_follows_the_rules_of_prometheus(string instrument, string unit, bool isTotal, string expected) =>
        Assert.Equal(expected, PrometheusName.Of(instrument, unit, isTotal));

    private PrometheusPage Read() => PrometheusPage.Parse(_export.ReadText());
}
