using System.Text.Json;

namespace MicroFirmware.Gateway.Tests.Jobs;

/// <summary>What these tests read of tests/vectors/bitcoin.</summary>
internal static class GatewayVectors
{
    /// <summary>A block with witnesses that bcoin accepted on regtest, in hexadecimal digits.</summary>
    public static string RegtestBlock { get; } = JsonDocument
        .Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "bitcoin", "gbt-block.json")))
        .RootElement.GetProperty("block").GetString()!;
}
