using System.Text.Json;
using System.Text.Json.Serialization;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.HomeAssistant;

/// <summary>
/// A board's discovery message (Home Assistant, MQTT, "Device discovery payload"): one retained message describes the
/// device and each of its figures.
/// </summary>
internal static class Discovery
{
    private const string Diagnostic = "diagnostic";

    private static readonly JsonSerializerOptions s_json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>Where it is published, retained.</summary>
    public static string TopicOf(string prefix, string device) => $"{prefix}/device/micro_{device}/config";

    /// <summary>The message.</summary>
    /// <param name="device">The board's id.</param>
    /// <param name="version">The gateway's version.</param>
    public static byte[] ToJson(string device, string version) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        Device = new
        {
            Identifiers = new[] { $"micro_{device}" },
            Name = device,
            Manufacturer = "MicroFirmware",
            Model = "micro-miner",
        },
        Origin = new { Name = "MicroFirmware gateway", SwVersion = version },
        AvailabilityTopic = Topics.Status(device),
        PayloadAvailable = "online",
        PayloadNotAvailable = "offline",
        Components = Entity.All.ToDictionary(entity => entity.Id, entity => Describe(entity, device)),
    }, s_json);

    private static object Describe(Entity entity, string device) => new
    {
        Platform = "sensor",
        UniqueId = $"micro_{device}_{entity.Id}",
        entity.Name,
        StateTopic = entity.IsProven ? ProvenReport.TopicOf(device) : Topics.Telemetry(device),

        // What a board does not know is not in its telemetry; "None" is how Home Assistant spells unknown.
        ValueTemplate = $"{{{{ value_json.{entity.Key} | default(none) }}}}",
        UnitOfMeasurement = entity.Unit,
        DeviceClass = entity.Class,
        entity.StateClass,
        EntityCategory = entity.IsDiagnostic ? Diagnostic : null,
    };
}
