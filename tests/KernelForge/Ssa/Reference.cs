using System.Buffers.Binary;
using System.Security.Cryptography;
using MicroFirmware.KernelForge.Ssa;
using static MicroFirmware.KernelForge.Ssa.ShaConstants;
using static System.Numerics.BitOperations;

namespace MicroFirmware.KernelForge.Tests.Ssa;

/// <summary>The platform's SHA-256, and the parameter block of a header computed step by step.</summary>
internal static class Reference
{
    /// <summary>Bitcoin mainnet block 125552.</summary>
    public static byte[] Header { get; } = Convert.FromHexString(
        "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000"
        + "e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a42a14695");

    /// <summary>Last digest word of the double hash with another nonce.</summary>
    public static uint LastWord(uint nonce)
    {
        var header = (byte[])Header.Clone();
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(76), nonce);
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(SHA256.HashData(header)).AsSpan(28));
    }

    /// <summary>The parameter block of <see cref="Header"/>.</summary>
    public static Dictionary<BlockWord, uint> Block()
    {
        var w = Enumerable.Range(0, 19)
            .Select(i => BinaryPrimitives.ReadUInt32BigEndian(Header.AsSpan(4 * i)))
            .ToArray();
        var midstate = InitialState.ToArray();
        Rounds(midstate, Schedule(w[..16]), 64, feedForward: true);
        var s = (uint[])midstate.Clone();
        var t = w[16..];
        Rounds(s, t, 3, feedForward: false);
        var t1 = s[7] + Sum1(s[4]) + Choose(s[4], s[5], s[6]) + K[3];
        var (w16, w17) = (t[0] + SmallSigma0(t[1]), t[1] + SmallSigma0(t[2]) + SmallSigma1(HeaderBits));
        Dictionary<BlockWord, uint> block = new()
        {
            [BlockWord.A3] = t1 + Sum0(s[0]) + Majority(s[0], s[1], s[2]),
            [BlockWord.E3] = s[3] + t1,
            [BlockWord.A2] = s[0],
            [BlockWord.B2] = s[1],
            [BlockWord.C2] = s[2],
            [BlockWord.E2] = s[4],
            [BlockWord.F2] = s[5],
            [BlockWord.AxorB] = s[0] ^ s[1],
            [BlockWord.ExorF] = s[4] ^ s[5],
            [BlockWord.H4] = s[6] + K[4] + Padding,
            [BlockWord.H5] = s[5] + K[5],
            [BlockWord.H6] = s[4] + K[6],
            [BlockWord.W16] = w16,
            [BlockWord.W17] = w17,
            [BlockWord.KW16] = K[16] + w16,
            [BlockWord.KW17] = K[17] + w17,
            [BlockWord.W18] = t[2] + SmallSigma1(w16),
            [BlockWord.W19] = SmallSigma0(Padding) + SmallSigma1(w17),
            [BlockWord.W31] = HeaderBits + SmallSigma0(w16),
            [BlockWord.W32] = w16 + SmallSigma0(w17),
        };
        for (var i = 0; i < 8; i++)
        {
            block[BlockWord.Midstate + i] = midstate[i];
        }

        return block;
    }

    private static uint[] Schedule(uint[] block)
    {
        var w = new uint[64];
        block.CopyTo(w, 0);
        for (var i = 16; i < 64; i++)
        {
            w[i] = w[i - 16] + SmallSigma0(w[i - 15]) + w[i - 7] + SmallSigma1(w[i - 2]);
        }

        return w;
    }

    private static void Rounds(uint[] state, uint[] w, int count, bool feedForward)
    {
        var s = (uint[])state.Clone();
        for (var i = 0; i < count; i++)
        {
            var t1 = s[7] + Sum1(s[4]) + Choose(s[4], s[5], s[6]) + K[i] + w[i];
            var t2 = Sum0(s[0]) + Majority(s[0], s[1], s[2]);
            s = [t1 + t2, s[0], s[1], s[2], s[3] + t1, s[4], s[5], s[6]];
        }

        for (var i = 0; i < 8; i++)
        {
            state[i] = s[i] + (feedForward ? state[i] : 0);
        }
    }

    private static uint Sum0(uint a) => RotateRight(a, 2) ^ RotateRight(a, 13) ^ RotateRight(a, 22);

    private static uint Sum1(uint e) => RotateRight(e, 6) ^ RotateRight(e, 11) ^ RotateRight(e, 25);

    private static uint Choose(uint e, uint f, uint g) => (e & f) ^ (~e & g);

    private static uint Majority(uint a, uint b, uint c) => (a & b) ^ (a & c) ^ (b & c);
}
