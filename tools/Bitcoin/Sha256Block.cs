using System.Numerics;
using System.Runtime.CompilerServices;

namespace MicroFirmware.Bitcoin;

/// <summary>The compression function of SHA-256 (FIPS 180-4 §6.2.2) in plain arithmetic. For one short header it beats
/// the platform's SHA-256, whose price per call is higher than the hashing itself.</summary>
internal static class Sha256Block
{
    /// <summary>Words of a state.</summary>
    public const int StateWords = 8;

    /// <summary>Words of a block.</summary>
    public const int BlockWords = 16;

    /// <summary>The first 32 bits of the fractional parts of the square roots of the first 8 primes.</summary>
    public static ReadOnlySpan<uint> InitialState =>
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    /// <summary>The first 32 bits of the fractional parts of the cube roots of the first 64 primes.</summary>
    private static ReadOnlySpan<uint> K =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>Folds one block into a state.</summary>
    /// <param name="state">8 words, changed in place.</param>
    /// <param name="block">16 words, most significant octet first; lost: the schedule is made in their place.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress(Span<uint> state, Span<uint> block)
    {
        Span<uint> w = block[..BlockWords];
        Span<uint> s = state[..StateWords];
        (uint a, uint b, uint c, uint d) = (s[0], s[1], s[2], s[3]);
        (uint e, uint f, uint g, uint h) = (s[4], s[5], s[6], s[7]);
        for (int i = 0; i < 64; i += BlockWords)
        {
            ReadOnlySpan<uint> k = K.Slice(i, BlockWords);
            if (i != 0)
            {
                Expand(w);
            }

            Round(a, b, c, ref d, e, f, g, ref h, w[0] + k[0]);
            Round(h, a, b, ref c, d, e, f, ref g, w[1] + k[1]);
            Round(g, h, a, ref b, c, d, e, ref f, w[2] + k[2]);
            Round(f, g, h, ref a, b, c, d, ref e, w[3] + k[3]);
            Round(e, f, g, ref h, a, b, c, ref d, w[4] + k[4]);
            Round(d, e, f, ref g, h, a, b, ref c, w[5] + k[5]);
            Round(c, d, e, ref f, g, h, a, ref b, w[6] + k[6]);
            Round(b, c, d, ref e, f, g, h, ref a, w[7] + k[7]);
            Round(a, b, c, ref d, e, f, g, ref h, w[8] + k[8]);
            Round(h, a, b, ref c, d, e, f, ref g, w[9] + k[9]);
            Round(g, h, a, ref b, c, d, e, ref f, w[10] + k[10]);
            Round(f, g, h, ref a, b, c, d, ref e, w[11] + k[11]);
            Round(e, f, g, ref h, a, b, c, ref d, w[12] + k[12]);
            Round(d, e, f, ref g, h, a, b, ref c, w[13] + k[13]);
            Round(c, d, e, ref f, g, h, a, ref b, w[14] + k[14]);
            Round(b, c, d, ref e, f, g, h, ref a, w[15] + k[15]);
        }

        (s[0], s[1], s[2], s[3]) = (s[0] + a, s[1] + b, s[2] + c, s[3] + d);
        (s[4], s[5], s[6], s[7]) = (s[4] + e, s[5] + f, s[6] + g, s[7] + h);
    }

    /// <summary>The schedule's next 16 words, in place of the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Expand(Span<uint> w)
    {
        w[0] += Sigma0(w[1]) + w[9] + Sigma1(w[14]);
        w[1] += Sigma0(w[2]) + w[10] + Sigma1(w[15]);
        w[2] += Sigma0(w[3]) + w[11] + Sigma1(w[0]);
        w[3] += Sigma0(w[4]) + w[12] + Sigma1(w[1]);
        w[4] += Sigma0(w[5]) + w[13] + Sigma1(w[2]);
        w[5] += Sigma0(w[6]) + w[14] + Sigma1(w[3]);
        w[6] += Sigma0(w[7]) + w[15] + Sigma1(w[4]);
        w[7] += Sigma0(w[8]) + w[0] + Sigma1(w[5]);
        w[8] += Sigma0(w[9]) + w[1] + Sigma1(w[6]);
        w[9] += Sigma0(w[10]) + w[2] + Sigma1(w[7]);
        w[10] += Sigma0(w[11]) + w[3] + Sigma1(w[8]);
        w[11] += Sigma0(w[12]) + w[4] + Sigma1(w[9]);
        w[12] += Sigma0(w[13]) + w[5] + Sigma1(w[10]);
        w[13] += Sigma0(w[14]) + w[6] + Sigma1(w[11]);
        w[14] += Sigma0(w[15]) + w[7] + Sigma1(w[12]);
        w[15] += Sigma0(w[0]) + w[8] + Sigma1(w[13]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(uint a, uint b, uint c, ref uint d, uint e, uint f, uint g, ref uint h, uint kw)
    {
        uint t = h + kw + (g ^ (e & (f ^ g)))
            + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25));
        d += t;
        h = t + ((a & b) | (c & (a | b)))
            + (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Sigma0(uint x) =>
        BitOperations.RotateRight(x, 7) ^ BitOperations.RotateRight(x, 18) ^ (x >> 3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Sigma1(uint x) =>
        BitOperations.RotateRight(x, 17) ^ BitOperations.RotateRight(x, 19) ^ (x >> 10);
}
