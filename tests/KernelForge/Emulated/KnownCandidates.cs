using System.Buffers.Binary;
using System.Security.Cryptography;
using MicroFirmware.KernelForge.Tests.Ssa;

namespace MicroFirmware.KernelForge.Tests.Emulated;

/// <summary>
/// Every nonce around that of block 125552 that passes the candidate rule, found by the platform's SHA-256.
/// </summary>
internal static class KnownCandidates
{
    /// <summary>Bitcoin mainnet block 125552.</summary>
    public const uint Nonce = 2504433986;

    /// <summary>Nonces before and behind it that are known.</summary>
    public const uint Reach = 1 << 19;

    private static readonly Lazy<IReadOnlyList<uint>> s_all = new(Find);

    /// <summary>Those within a range.</summary>
    public static IEnumerable<uint> Within(uint first, uint count) =>
        s_all.Value.Where(nonce => nonce - first < count);

    private static List<uint> Find()
    {
        var header = (byte[])Reference.Header.Clone();
        Span<byte> digest = stackalloc byte[32];
        List<uint> found = [];
        for (var nonce = Nonce - Reach; nonce < Nonce + Reach; nonce++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(76), nonce);
            SHA256.HashData(header, digest);
            SHA256.HashData(digest, digest);
            if (digest[31] == 0 && digest[30] == 0)
            {
                found.Add(nonce);
            }
        }

        return found;
    }
}
