using System.Text.Json.Serialization;

namespace MicroFirmware.Gateway.Access;

/// <summary>What somebody who signs in is to the gateway. The numbers are stored.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AccessRole>))]
public enum AccessRole
{
    /// <summary>Sees everything, changes nothing.</summary>
    [JsonStringEnumMemberName("viewer")]
    Viewer = 0,

    /// <summary>Does everything.</summary>
    [JsonStringEnumMemberName("owner")]
    Owner = 1,
}
