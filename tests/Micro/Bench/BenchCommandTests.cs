using System.Text.Json;
using System.Xml.Linq;
using MicroFirmware.Hardware;
using MicroFirmware.Micro.Bench;

namespace MicroFirmware.Micro.Tests.Bench;

public sealed class BenchCommandTests
{
    private static readonly string[] s_members =
        ["chip", "kernel", "instructions", "accesses", "cycles", "hazards", "khs", "ceiling", "published"];

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task Json_of_one_chip_has_an_object_per_kernel_with_the_promised_members()
    {
        Assert.Equal(ExitCode.Success, await RunAsync("bench", "--chip", "esp32c3", "--json"));

        using JsonDocument document = JsonDocument.Parse(_output.ToString());
        JsonElement[] rows = [.. document.RootElement.EnumerateArray()];
        Assert.All(rows, row => Assert.Equal(s_members, row.EnumerateObject().Select(member => member.Name)));
        JsonElement baseline = rows.Single(row => row.GetProperty("kernel").GetString() == "baseline");
        JsonElement khs = baseline.GetProperty("khs");
        double mid = khs.GetProperty("mid").GetDouble();
        Assert.InRange(mid, khs.GetProperty("low").GetDouble(), khs.GetProperty("high").GetDouble());
        Assert.Equal(160_000 / mid, baseline.GetProperty("cycles").GetDouble(), 0.5);
        Assert.Equal(0, baseline.GetProperty("hazards").GetInt64());
        Assert.Contains(rows, row => row.GetProperty("kernel").GetString() == "managed");
    }

    [Fact]
    public async Task Table_of_one_chip_has_a_line_per_kernel()
    {
        Assert.Equal(ExitCode.Success, await RunAsync("bench", "--chip", "esp32c3"));
        string[] lines = _output.ToString().Split('\n');
        Assert.StartsWith("| chip", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("| esp32c3 | baseline"));
        Assert.Contains(lines, line => line.StartsWith("esp32c3: timing weak; published: "));
    }

    [Theory]
    [InlineData("known: esp32", "bench", "--chip", "esp8266")]
    [InlineData("--write", "bench", "--write", "--chip", "esp32")]
    public async Task Wrong_options_are_refused_with_what_is_known(string expected, params string[] args)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync(args));
        Assert.Contains(expected, _error.ToString());
    }

    [Fact]
    public void Page_renewed_twice_stays_the_same_and_keeps_the_rest()
    {
        BenchRow[] rows = [Row("esp32", "baseline", 350), Row("esp32", "exact", 890)];
        Chip[] chips = [HardwareCatalog.Chip("esp32")];
        const string page =
            "Before.\n\n<!-- micro bench --write: begin -->\nold\n<!-- micro bench --write: end -->\nAfter.\n";

        string once = BenchPage.Renew(page, chips, rows);

        Assert.StartsWith("Before.\n", once);
        Assert.EndsWith("-->\nAfter.\n", once);
        Assert.DoesNotContain("old", once);
        Assert.Contains("![Modelled hash rate per chip and kernel](hash-rates.svg)", once);
        Assert.Contains("2.54", once);
        Assert.Equal(once, BenchPage.Renew(once, chips, rows));
    }

    [Fact]
    public void Page_without_marks_is_refused()
    {
        CommandFailure failure = Assert.Throws<CommandFailure>(() => BenchPage.Renew("Nothing here.", [], []));
        Assert.Contains("micro bench --write: begin", failure.NextStep);
    }

    [Fact]
    public void Folder_outside_a_checkout_is_refused() =>
        Assert.Throws<CommandFailure>(() => BenchPage.FindHardware(Path.GetTempPath()));

    [Fact]
    public void Chart_of_rows_is_well_formed_and_has_a_bar_each()
    {
        XDocument svg = XDocument.Parse(BenchChart.Svg([Row("esp32", "baseline", 350), Row("esp32", "exact", 890)]));
        Assert.Equal(2, svg.Descendants().Count(element => element.Name.LocalName == "rect"));
    }

    [Fact]
    public void Managed_scanner_takes_fewer_il_instructions_than_estimated() =>
        Assert.InRange(ManagedScannerIl.Count(), 8_000, 13_000);

    private static BenchRow Row(string chip, string kernel, double khs) => new()
    {
        Chip = chip,
        Kernel = kernel,
        Instructions = 100,
        Accesses = 40,
        Cycles = 240_000 / khs,
        Hazards = 0,
        Khs = new HashRateInterval(khs * 0.9, khs, khs * 1.1),
        Published = 733,
    };

    private async Task<ExitCode> RunAsync(params string[] args) =>
        (ExitCode)await MicroCommandLine.RunAsync(args, new Terminal(_output, _error, false, false));
}
