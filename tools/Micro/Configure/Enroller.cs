using System.Security.Cryptography;
using System.Text.Json;
using MicroFirmware.Micro.Owner;
using MicroFirmware.Protocol;

namespace MicroFirmware.Micro.Configure;

/// <summary>Makes a board known to the gateway, and the gateway known to the board.</summary>
internal static class Enroller
{
    private const int IdOctets = 3;

    /// <summary>An id for a board whose owner has no name for it.</summary>
    public static string NewId() => "board-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdOctets));

    /// <summary>A new device key, as settings have it.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Limits.KeyLength));

    /// <summary>Registers a board, and adds to the settings where it finds the gateway and whom it believes.</summary>
    /// <returns>What became of it, in the gateway's word.</returns>
    /// <exception cref="CommandFailure">The gateway refuses, or cannot be reached.</exception>
    public static async Task<string> EnrolAsync(
        ConfigureOptions options, string device, string key, BoardSettingList settings, CancellationToken stop)
    {
        GatewayEndpoint gateway = options.Gateway;
        using OwnerClient owner = await OwnerClient.ConnectAsync(gateway, options.Code, stop);
        var applicant = new { device, key, replace = options.IsReplacing };
        JsonElement enrolled = await owner.PostAsync("/v1/enrol", applicant, stop);
        JsonElement doors = enrolled.GetProperty(gateway.IsPlain ? "plain" : "tls");
        settings.Set("gateway", $"{gateway.Host}:{doors.GetProperty("http")}:{doors.GetProperty("mqtt")}");
        settings.Set("tls", gateway.IsPlain ? "off" : "on");
        settings.Set("ca", owner.Authority is { } authority ? Convert.ToBase64String(authority.RawData) : "");
        return enrolled.GetProperty("result").ToString();
    }
}
