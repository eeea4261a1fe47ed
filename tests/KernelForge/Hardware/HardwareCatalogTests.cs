using System.Text.Json.Nodes;
using MicroFirmware.Hardware;

namespace MicroFirmware.KernelForge.Tests.Hardware;

public sealed class HardwareCatalogTests
{
    public static TheoryData<string> Paths =>
        [.. HardwareCatalog.Paths("chips").Concat(HardwareCatalog.Paths("boards"))];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Document_with_its_parent_follows_the_schema(string path)
    {
        var kind = path.StartsWith("chips", StringComparison.Ordinal) ? "chips/chip" : "boards/board";
        var schema = JsonNode.Parse(File.ReadAllText(RepositoryFolder.Of("hardware", kind + ".schema.json")))!;
        var document = HardwareCatalog.Document(path);

        Assert.Empty(new SchemaCheck((JsonObject)schema).Errors(document));
        Assert.Equal(path[(path.IndexOf('/') + 1)..], document["id"]!.GetValue<string>());
    }

    [Fact]
    public void Schema_check_reports_missing_unknown_and_wrong_members()
    {
        var schema = JsonNode.Parse(File.ReadAllText(RepositoryFolder.Of("hardware", "chips", "chip.schema.json")))!;
        var document = HardwareCatalog.Document("chips/esp32");
        document.Remove("clockMhz");
        document["colour"] = "red";
        document["sha"]!["base"] = "3FF03000";

        Assert.Equal(
            ["/clockMhz is missing", "/colour is not in the schema", "/sha/base is 3FF03000"],
            new SchemaCheck((JsonObject)schema).Errors(document).Order());
    }

    [Fact]
    public void Chips_hold_every_family_member_the_scanner_knows()
    {
        string[] expected = ["esp32", "esp32-rev1", "esp32c3", "esp32c3-fast", "esp32c6", "esp32s2", "esp32s3"];
        Assert.Equal(expected, HardwareCatalog.Chips.Select(chip => chip.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Intervals_are_ordered_and_cores_exist()
    {
        Assert.All(HardwareCatalog.Chips, chip =>
        {
            var timing = chip.Sha.Timing;
            CycleRange[] ranges = [timing.WriteDrain, timing.Read, timing.Block, timing.Load, timing.Latch];
            Assert.All(ranges, range => Assert.True(range.Low <= range.Mid && range.Mid <= range.High));
            Assert.InRange(chip.Cores.Clr, 0, chip.Cores.Count - 1);
            Assert.InRange(chip.Cores.Wifi, 0, chip.Cores.Count - 1);
            Assert.Equal(chip.Cores.Count > 1, chip.Cores.Free.HasValue);
            Assert.NotEqual(chip.Cores.Clr, chip.Cores.Free);
        });
    }

    [Fact]
    public void Grid_holds_the_default_and_every_combination_once()
    {
        var timing = HardwareCatalog.Chip("esp32").Sha.Timing;
        var grid = timing.Grid().ToArray();
        Assert.Equal(27, grid.Length);
        Assert.Equal(27, grid.Distinct().Count());
        Assert.Contains(timing.Default, grid);
        Assert.Contains(new TimingPoint(3, 15, 76, 10, 4), grid);
    }

    [Fact]
    public void Chip_inherits_as_a_merge_patch()
    {
        var s2 = HardwareCatalog.Chip("esp32s2");
        Assert.Equal(Confidence.Borrowed, s2.Sha.Timing.Confidence);
        Assert.Equal(HardwareCatalog.Chip("esp32s3").Sha.Timing.Default, s2.Sha.Timing.Default);
        Assert.Null(s2.Published);
        Assert.Equal(0x6003B000u, s2.Sha.Base);
        Assert.Equal(0x40u, s2.Sha.Registers["state"]);
    }

    [Fact]
    public void Board_takes_the_target_of_its_chip_unless_it_has_its_own()
    {
        Assert.Equal("ESP32_S3", HardwareCatalog.Board("lilygo-t-display-s3").Nanoff);
        Assert.Equal("XIAO_ESP32C3", HardwareCatalog.Board("xiao-esp32c3").Nanoff);
        Assert.Equal(160, HardwareCatalog.Board("xiao-esp32c3").Chip.ClockMhz);
    }

    [Fact]
    public void Unknown_id_names_those_there_are()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => HardwareCatalog.Chip("esp8266"));
        Assert.Contains("esp32s3", error.Message);
    }
}
