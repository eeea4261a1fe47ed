using System.Text.Json.Serialization;

namespace MicroFirmware.Gateway.Access;

/// <summary>What somebody has proven themselves with.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PassKind>))]
internal enum PassKind
{
    /// <summary>Signed in with name and password; the cookie of a browser.</summary>
    [JsonStringEnumMemberName("session")]
    Session,

    /// <summary>An API token.</summary>
    [JsonStringEnumMemberName("token")]
    Token,

    /// <summary>The owner token that the gateway showed at its first start.</summary>
    [JsonStringEnumMemberName("owner-token")]
    OwnerToken,

    /// <summary>A program on this machine, where the owner trusts them all.</summary>
    [JsonStringEnumMemberName("loopback")]
    Loopback,

    /// <summary>A code that enrols one board.</summary>
    [JsonStringEnumMemberName("join-code")]
    JoinCode,
}
