using System.Text.Json;
using System.Text.RegularExpressions;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.HomeAssistant;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.HomeAssistant;

/// <summary>The discovery message against the schemas of Home Assistant's documentation.</summary>
public sealed partial class DiscoverySchemaTests
{
    private const string Board = "board-1";

    private static readonly JsonElement s_message =
        JsonDocument.Parse(Discovery.ToJson(Board, "1.2.3")).RootElement;

    private static readonly JsonProperty[] s_components =
        [.. s_message.GetProperty("components").EnumerateObject()];

    [Fact]
    public void Topic_is_one_that_home_assistant_looks_at()
    {
        Assert.Matches(Topic(), Discovery.TopicOf("homeassistant", Board));
        Assert.DoesNotMatch(Topic(), Discovery.TopicOf("homeassistant", "board.1"));
    }

    [Fact]
    public void Message_device_and_origin_have_what_they_must_and_nothing_that_is_not_known()
    {
        AssertKeys("message", s_message, DiscoveryRules.Root);
        AssertKeys("device", s_message.GetProperty("device"), DiscoveryRules.Device);
        AssertKeys("origin", s_message.GetProperty("origin"), DiscoveryRules.Origin);
    }

    [Fact]
    public void Every_component_is_a_sensor_with_what_it_must_have()
    {
        Assert.True(s_components.Length >= 20);
        foreach (JsonProperty component in s_components)
        {
            AssertKeys(component.Name, component.Value, DiscoveryRules.Sensor);
            Assert.Equal("sensor", component.Value.GetProperty("platform").GetString());
        }
    }

    [Fact]
    public void Ids_and_names_are_unique_and_ids_belong_to_the_board()
    {
        string[] ids = [.. s_components.Select(component => Text(component.Value, "unique_id")!)];

        Assert.Distinct(ids);
        Assert.Distinct(s_components.Select(component => Text(component.Value, "name")));
        Assert.All(ids, id => Assert.StartsWith($"micro_{Board}_", id));
        Assert.Empty(ids.Intersect(JsonDocument.Parse(Discovery.ToJson("board-2", "1")).RootElement
            .GetProperty("components").EnumerateObject().Select(other => Text(other.Value, "unique_id")!)));
    }

    [Fact]
    public void A_device_class_has_a_unit_of_its_own_and_a_state_class_that_fits()
    {
        foreach (JsonProperty component in s_components)
        {
            string? deviceClass = Text(component.Value, "device_class");
            string? unit = Text(component.Value, "unit_of_measurement");
            string? stateClass = Text(component.Value, "state_class");
            if (deviceClass is not null)
            {
                Assert.True(DiscoveryRules.Units.TryGetValue(deviceClass, out string[]? units), component.Name);
                Assert.Contains(unit, units);
            }

            Assert.True(stateClass is null || DiscoveryRules.StateClasses.Contains(stateClass), component.Name);
            Assert.False(stateClass == "measurement" && DiscoveryRules.NeverMeasured.Contains(deviceClass ?? ""));

            // A unit makes it a number, and a number that is drawn has a state class.
            Assert.True(unit is null || stateClass is not null, component.Name);
            Assert.True(Text(component.Value, "entity_category") is not { } category
                || DiscoveryRules.Categories.Contains(category), component.Name);
        }
    }

    [Fact]
    public void Texts_have_neither_unit_nor_state_class()
    {
        foreach (JsonElement text in s_components.Select(component => component.Value)
            .Where(component => SampleOf(component).ValueKind == JsonValueKind.String))
        {
            Assert.Null(Text(text, "unit_of_measurement"));
            Assert.Null(Text(text, "state_class"));
        }
    }

    [Fact]
    public void Every_template_takes_a_member_that_its_topic_has()
    {
        Assert.All(s_components, component =>
            Assert.NotEqual(JsonValueKind.Undefined, SampleOf(component.Value).ValueKind));
    }

    [Fact]
    public void Availability_is_the_boards_own_status()
    {
        Assert.Equal(Topics.Status(Board), Text(s_message, "availability_topic"));
        Assert.Equal(("online", "offline"),
            (Text(s_message, "payload_available"), Text(s_message, "payload_not_available")));
    }

    [Fact]
    public void Home_assistant_may_read_every_topic_that_it_is_sent_to()
    {
        HomeAssistantLink link = new(new HomeAssistantOptions());

        Assert.True(link.MaySubscribe(Text(s_message, "availability_topic")!));
        Assert.All(s_components, component => Assert.True(link.MaySubscribe(Text(component.Value, "state_topic")!)));
    }

    /// <summary>The member that the template takes, of a message in which everything is known.</summary>
    private static JsonElement SampleOf(JsonElement component)
    {
        string member = Template().Match(Text(component, "value_template")!).Groups[1].Value;
        byte[] message = Text(component, "state_topic") == Topics.Telemetry(Board) ? FullTelemetry() : FullReport();
        return JsonDocument.Parse(message).RootElement.TryGetProperty(member, out JsonElement value) ? value : default;
    }

    private static byte[] FullTelemetry() => new Telemetry
    {
        Firmware = "0.1.0", Scanner = "managed", State = "mining", Cause = "none", Reset = "power", Gateway = "home",
        UptimeSeconds = 1, HashRate = 1, Boots = 1, Release = 1, Waiting = 1, Dropped = 1, FreeMemory = 1, Rssi = -60,
        Temperature = 40,
    }.ToJson();

    private static byte[] FullReport() => ProvenReport.ToJson(
        DeviceReport.Of(new Device(1, Board, new byte[32], 0), TimeSpan.Zero));

    private static void AssertKeys(string where, JsonElement map, IReadOnlyList<DiscoveryRules.Key> keys)
    {
        Assert.Empty(map.EnumerateObject().Select(member => member.Name).Except(keys.Select(key => key.Name)));
        foreach (DiscoveryRules.Key key in keys)
        {
            bool isThere = map.TryGetProperty(key.Name, out JsonElement value);
            Assert.True(isThere || !key.IsRequired, $"{where} lacks {key.Name}");
            Assert.True(!isThere || IsOf(key.Kind, value), $"{where}: {key.Name} is {value.ValueKind}");
        }
    }

    private static bool IsOf(DiscoveryRules.Kind kind, JsonElement value) => kind switch
    {
        DiscoveryRules.Kind.Text => value.ValueKind == JsonValueKind.String && value.GetString() != "",
        DiscoveryRules.Kind.Number => value.ValueKind == JsonValueKind.Number,
        DiscoveryRules.Kind.Bool => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        DiscoveryRules.Kind.Map => value.ValueKind == JsonValueKind.Object,
        DiscoveryRules.Kind.List => value.ValueKind == JsonValueKind.Array,
        _ => value.ValueKind == JsonValueKind.String
            || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
                && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)),
    };

    private static string? Text(JsonElement map, string key) =>
        map.TryGetProperty(key, out JsonElement value) ? value.GetString() : null;

    /// <summary>Prefix, the word device, an object id of letters, digits, underscore and hyphen.</summary>
    [GeneratedRegex("^homeassistant/device/[a-zA-Z0-9_-]+/config$")]
    private static partial Regex Topic();

    [GeneratedRegex(@"^\{\{ value_json\.(\w+) \| default\(none\) \}\}$")]
    private static partial Regex Template();
}
