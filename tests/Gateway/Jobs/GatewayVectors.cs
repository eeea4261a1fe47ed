using System.Text.Json;

namespace MicroFirmware.Gateway.Tests.Jobs;

/// <summary>What these tests read of tests/vectors/bitcoin.</summary>
internal static class GatewayVectors
{
    private static readonly JsonElement s_gbt = JsonDocument
        .Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "bitcoin", "gbt-block.json")))
        .RootElement;

    /// <summary>A block with witnesses that bcoin accepted on regtest, in hexadecimal digits.</summary>
    public static string RegtestBlock { get; } = s_gbt.GetProperty("block").GetString()!;

    /// <summary>The template that it was made of, as bcoin gave it.</summary>
    public static string Template { get; } = s_gbt.GetProperty("gbt").GetRawText();
}
