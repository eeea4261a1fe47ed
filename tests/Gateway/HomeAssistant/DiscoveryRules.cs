namespace MicroFirmware.Gateway.Tests.HomeAssistant;

/// <summary>
/// What Home Assistant's documentation says of a device discovery message, as tables. Pages, of the repositories
/// home-assistant/home-assistant.io and home-assistant/developers.home-assistant:
/// <c>source/_integrations/mqtt.markdown</c> ("Device discovery payload", "Discovery topic", "Adding information about
/// the origin", "Using availability topics"), <c>source/_integrations/sensor.mqtt.markdown</c> (configuration
/// variables) and <c>docs/core/entity/sensor.md</c> ("Available device classes", "Available state classes").
/// </summary>
internal static class DiscoveryRules
{
    /// <summary>A key: whether it must be there, and what its value is.</summary>
    internal sealed record Key(string Name, bool IsRequired, Kind Kind = Kind.Text);

    /// <summary>What a value is.</summary>
    internal enum Kind
    {
        Text,
        Number,
        Bool,
        TextOrTexts,
        Map,
        List,
    }

    /// <summary>Of the message itself; no other key is allowed there.</summary>
    public static IReadOnlyList<Key> Root { get; } =
    [
        new("device", true, Kind.Map), new("origin", true, Kind.Map), new("components", true, Kind.Map),
        new("availability", false, Kind.List), new("availability_mode", false), new("availability_topic", false),
        new("availability_template", false), new("payload_available", false), new("payload_not_available", false),
        new("state_topic", false), new("command_topic", false), new("qos", false, Kind.Number),
        new("encoding", false),
    ];

    /// <summary>Of <c>device</c>; identifiers or connections must be among them.</summary>
    public static IReadOnlyList<Key> Device { get; } =
    [
        new("identifiers", true, Kind.TextOrTexts), new("connections", false, Kind.List), new("name", false),
        new("manufacturer", false), new("model", false), new("model_id", false), new("hw_version", false),
        new("sw_version", false), new("serial_number", false), new("suggested_area", false),
        new("configuration_url", false), new("via_device", false),
    ];

    /// <summary>Of <c>origin</c>.</summary>
    public static IReadOnlyList<Key> Origin { get; } =
        [new("name", true), new("sw_version", false), new("support_url", false)];

    /// <summary>Of a component that is a sensor.</summary>
    public static IReadOnlyList<Key> Sensor { get; } =
    [
        new("platform", true), new("unique_id", true), new("state_topic", true), new("name", false),
        new("value_template", false), new("unit_of_measurement", false), new("device_class", false),
        new("state_class", false), new("entity_category", false), new("icon", false), new("options", false, Kind.List),
        new("expire_after", false, Kind.Number), new("force_update", false, Kind.Bool),
        new("enabled_by_default", false, Kind.Bool), new("suggested_display_precision", false, Kind.Number),
        new("last_reset_value_template", false), new("json_attributes_topic", false),
        new("json_attributes_template", false), new("default_entity_id", false), new("qos", false, Kind.Number),
        new("encoding", false), new("entity_picture", false),
    ];

    /// <summary>Device classes of sensors that this project has to do with, and their units.</summary>
    public static IReadOnlyDictionary<string, string[]> Units { get; } = new Dictionary<string, string[]>
    {
        ["data_rate"] =
        [
            "bit/s", "kbit/s", "Mbit/s", "Gbit/s", "B/s", "kB/s", "MB/s", "GB/s", "KiB/s", "MiB/s", "GiB/s",
        ],
        ["data_size"] = ["bit", "kbit", "Mbit", "Gbit", "B", "kB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB"],
        ["duration"] = ["d", "h", "min", "s", "ms", "µs"],
        ["energy"] = ["J", "kJ", "MJ", "GJ", "mWh", "Wh", "kWh", "MWh", "GWh", "TWh"],
        ["frequency"] = ["mHz", "Hz", "kHz", "MHz", "GHz"],
        ["power"] = ["mW", "W", "kW", "MW", "GW", "TW"],
        ["signal_strength"] = ["dB", "dBm"],
        ["temperature"] = ["°C", "°F", "K"],
        ["voltage"] = ["V", "mV", "µV", "kV", "MV"],
    };

    public static IReadOnlyList<string> StateClasses { get; } =
        ["measurement", "measurement_angle", "total", "total_increasing"];

    /// <summary>Classes of what is a total, which no measurement may have.</summary>
    public static IReadOnlyList<string> NeverMeasured { get; } =
        ["date", "enum", "energy", "gas", "monetary", "timestamp", "volume", "water"];

    /// <summary>Categories that a sensor may have: what it shows cannot be set.</summary>
    public static IReadOnlyList<string> Categories { get; } = ["diagnostic"];
}
