using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using MicroFirmware.Protocol;

namespace MicroFirmware.Mining.Tests.Proofs;

/// <summary>Proofs of the main chain, as the gateway has them for a start, and of a chain that is made here.</summary>
internal static class ProofVector
{
    public const uint MainLimit = 0x1d00ffff;

    /// <summary>The least work there is: every second hash has it.</summary>
    public const uint EasyBits = 0x207fffff;

    private static readonly byte[] s_file = Read();

    /// <summary>How many proofs of the main chain there are.</summary>
    public static int Count { get; } = MainChain().Length;

    /// <summary>Proofs of the main chain, to be changed as one likes.</summary>
    public static ProofTask[] MainChain()
    {
        using JsonDocument document = JsonDocument.Parse(s_file);
        return [.. document.RootElement.GetProperty("proofs").EnumerateArray().Select(Read)];
    }

    public static byte[] HashTwice(ReadOnlySpan<byte> octets) => SHA256.HashData(SHA256.HashData(octets));

    public static ProofTask Make(byte[]? txid, uint place, byte[][] branch, byte[][] headers, uint limit) => new()
    {
        HasTransaction = txid is not null,
        Place = place,
        Levels = branch.Length,
        Headers = headers.Length,
        Seconds = 20,
        Id = 77,
        LimitBits = limit,
        Body = [.. txid ?? new byte[32], .. branch.SelectMany(hash => hash), .. headers.SelectMany(header => header)],
    };

    /// <summary>A run of headers in which each has the target that is asked for, and the work.</summary>
    public static byte[][] Mine(byte[] merkleRoot, params uint[] bits)
    {
        byte[][] headers = new byte[bits.Length][];
        byte[] previous = new byte[32];
        for (int i = 0; i < bits.Length; i++)
        {
            byte[] header = [1, 0, 0, 0, .. previous, .. merkleRoot, 9, 9, 9, 9, .. new byte[8]];
            LittleEndian.WriteUInt32(header, 72, bits[i]);
            byte[] target = Target.FromCompact(bits[i]);
            for (uint nonce = 0; !Target.IsMet(HashTwice(header), target); nonce++)
            {
                LittleEndian.WriteUInt32(header, 76, nonce);
            }

            headers[i] = header;
            previous = HashTwice(header);
        }

        return headers;
    }

    public static byte[] Write(ProofTask task, byte[] key, string device)
    {
        byte[] octets = new byte[task.RecordLength];
        task.Write(octets, 0, key, device);
        return octets;
    }

    private static byte[] Read([CallerFilePath] string path = "") => File.ReadAllBytes(Path.Combine(
        Path.GetDirectoryName(path)!, "..", "..", "..", "tools", "Gateway", "Proofs", "main-chain.json"));

    private static ProofTask Read(JsonElement proof)
    {
        byte[][] headers = [.. proof.GetProperty("headers").EnumerateArray()
            .Select(header => Convert.FromHexString(header.GetString()!))];
        return proof.TryGetProperty("txid", out JsonElement txid)
            ? Make(Hash(txid), proof.GetProperty("position").GetUInt32(),
                [.. proof.GetProperty("branch").EnumerateArray().Select(Hash)], headers, MainLimit)
            : Make(null, 0, [], headers, MainLimit);
    }

    private static byte[] Hash(JsonElement shown) => [.. Convert.FromHexString(shown.GetString()!).Reverse()];
}
