using System.Text.Json;

namespace MicroFirmware.Bitcoin.Tests;

/// <summary>What lies in tests/vectors/bitcoin.</summary>
internal static class Vectors
{
    public static IReadOnlyList<BlockVector> Blocks { get; } =
        [.. Read("blocks.json").GetProperty("blocks").EnumerateArray().Select(BlockVector.Of)];

    public static BlockVector BlockAt(int height) => Blocks.Single(b => b.Height == height);

    /// <summary>A block that bcoin accepted on regtest, and the template it was made of.</summary>
    public static JsonElement Gbt { get; } = Read("gbt-block.json");

    public static Block RegtestBlock() => Block.Parse(Gbt.Octets("block"));

    /// <summary>The rules that the template sets for its block.</summary>
    public static BlockRules RegtestRules() => new()
    {
        PreviousHash = Hash256.Parse(Gbt.GetProperty("gbt").Text("previousblockhash")),
        Height = 912,
        Bits = 0x207fffff,
        MinTime = Gbt.GetProperty("gbt").GetProperty("mintime").GetUInt32(),
        MaxTime = Gbt.GetProperty("gbt").GetProperty("maxtime").GetUInt32(),
        CoinbaseValue = Gbt.GetProperty("gbt").GetProperty("coinbasevalue").GetUInt64(),
    };

    public static JsonElement Addresses { get; } = Read("addresses.json");

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static byte[] Octets(this JsonElement element, string name) =>
        Convert.FromHexString(element.Text(name));

    private static JsonElement Read(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "vectors", name);
        return JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
    }
}
