using System.Text.Json;

namespace MicroFirmware.Bitcoin.Tests;

/// <summary>One block of a public chain.</summary>
internal sealed record BlockVector(string Chain, int Height, string Hash, int Size, string[] Txids, byte[] Octets)
{
    public static BlockVector Of(JsonElement block) => new(
        block.Text("chain"),
        block.GetProperty("height").GetInt32(),
        block.Text("hash"),
        block.GetProperty("size").GetInt32(),
        [.. block.GetProperty("txids").EnumerateArray().Select(id => id.GetString()!)],
        block.Octets("hex"));

    /// <summary>What the block must fit, as far as it tells itself.</summary>
    public BlockRules Rules()
    {
        BlockHeader header = BlockHeader.Read(Octets);
        return new BlockRules
        {
            PreviousHash = header.PreviousHash,
            Height = Height,
            Bits = header.Bits,
            CoinbaseValue = ulong.MaxValue,
            NamesHeight = Height >= 227_931,
            Witness = Height >= 481_824,
        };
    }
}
