using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace MicroFirmware.Emulator.Chips.Engines;

/// <summary>
/// The SHA-256 compression function as the engines compute it (FIPS 180-4 §6.2.2). Written apart from the firmware's
/// own, so that the two check each other.
/// </summary>
internal static class Compression
{
    /// <summary>Words in a state and in a digest.</summary>
    public const int StateWords = 8;

    /// <summary>Words in a message block.</summary>
    public const int BlockWords = 16;

    private const int Rounds = 64;

    private static readonly uint[] s_constants =
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

    /// <summary>The initial state of SHA-256.</summary>
    public static ReadOnlySpan<uint> InitialState =>
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    /// <summary>Adds one block to a state.</summary>
    /// <param name="state">Eight words; replaced by the new state.</param>
    /// <param name="block">Sixteen message words, as SHA-256 numbers them.</param>
    public static void Compress(Span<uint> state, ReadOnlySpan<uint> block)
    {
        Span<uint> schedule = stackalloc uint[Rounds];
        block[..BlockWords].CopyTo(schedule);
        for (int i = BlockWords; i < Rounds; i++)
        {
            uint late = schedule[i - 2];
            uint early = schedule[i - 15];
            schedule[i] = schedule[i - 16] + schedule[i - 7]
                + (BitOperations.RotateRight(late, 17) ^ BitOperations.RotateRight(late, 19) ^ (late >> 10))
                + (BitOperations.RotateRight(early, 7) ^ BitOperations.RotateRight(early, 18) ^ (early >> 3));
        }
        Mix(state, schedule);
    }

    /// <summary>Swaps the octets of every word, as the memory engine's registers hold them.</summary>
    public static void SwapOctets(ReadOnlySpan<uint> from, Span<uint> to) =>
        BinaryPrimitives.ReverseEndianness(from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(uint a, uint b, uint c, ref uint d, uint e, uint f, uint g, ref uint h, uint word)
    {
        uint first = h + (g ^ (e & (f ^ g))) + word + Rotations(e, 6, 11, 25);
        d += first;
        h = first + ((a & b) | (c & (a | b))) + Rotations(a, 2, 13, 22);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Rotations(uint x, int first, int second, int third) =>
        BitOperations.RotateRight(x, first)
        ^ BitOperations.RotateRight(x, second)
        ^ BitOperations.RotateRight(x, third);

    private static void Mix(Span<uint> state, ReadOnlySpan<uint> schedule)
    {
        uint a = state[0], b = state[1], c = state[2], d = state[3];
        uint e = state[4], f = state[5], g = state[6], h = state[7];
        // Eight rounds a turn: the words take each other's places by name instead of being moved.
        for (int i = 0; i < Rounds; i += 8)
        {
            ReadOnlySpan<uint> w = schedule.Slice(i, 8);
            ReadOnlySpan<uint> k = s_constants.AsSpan(i, 8);
            Round(a, b, c, ref d, e, f, g, ref h, w[0] + k[0]);
            Round(h, a, b, ref c, d, e, f, ref g, w[1] + k[1]);
            Round(g, h, a, ref b, c, d, e, ref f, w[2] + k[2]);
            Round(f, g, h, ref a, b, c, d, ref e, w[3] + k[3]);
            Round(e, f, g, ref h, a, b, c, ref d, w[4] + k[4]);
            Round(d, e, f, ref g, h, a, b, ref c, w[5] + k[5]);
            Round(c, d, e, ref f, g, h, a, ref b, w[6] + k[6]);
            Round(b, c, d, ref e, f, g, h, ref a, w[7] + k[7]);
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
}
