using System.Buffers.Binary;
using MicroFirmware.Emulator.Chips.Engines;

namespace MicroFirmware.Emulator.Chips;

/// <summary>
/// The two blocks of memory that <c>mf_scan</c> takes, as the chip sees them (hardware/kernels/mf_scan.h). All words
/// are little-endian, as the cores are.
/// <code>
/// mf_work                                   mf_range
///  +0   head[16]    header octets 0..63     +0   first        +16  stop
///  +64  midstate[8] state after them        +4   count        +20  mismatches
///  +96  tail[3]     header octets 64..75    +8   threshold    +24  verified
///                                           +12  slice        +28  found
///                                                             +32  nonces[16]
/// </code>
/// </summary>
public sealed class KernelRange
{
    /// <summary>Octets of <c>mf_work</c>.</summary>
    public const int WorkOctets = 4 * (16 + 8 + 3);

    /// <summary>Octets of <c>mf_range</c>.</summary>
    public const int RangeOctets = 4 * (8 + MaxCandidates);

    /// <summary>Nonces one call can report (MF_CANDIDATES).</summary>
    public const int MaxCandidates = 16;

    private const int HeaderOctets = 76;

    /// <summary>First nonce that was not scanned.</summary>
    public uint First { get; private init; }

    /// <summary>Nonces that are left.</summary>
    public uint Count { get; private init; }

    /// <summary>Candidates that plain software on the chip did not confirm.</summary>
    public uint Mismatches { get; private init; }

    /// <summary>Candidates that it did confirm.</summary>
    public uint Verified { get; private init; }

    /// <summary>What was found, in no particular order.</summary>
    public IReadOnlyList<uint> Nonces { get; private init; } = [];

    /// <summary>Makes the work block of a header.</summary>
    /// <param name="header">The 76 octets before the nonce, as they are hashed.</param>
    internal static byte[] Work(ReadOnlySpan<byte> header)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(header.Length, HeaderOctets);
        Span<uint> words = stackalloc uint[WorkOctets / 4];
        for (int i = 0; i < Compression.BlockWords; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(header[(4 * i)..]);
        }
        Span<uint> midstate = words[Compression.BlockWords..][..Compression.StateWords];
        Compression.InitialState.CopyTo(midstate);
        Compression.Compress(midstate, words[..Compression.BlockWords]);
        for (int i = 0; i < 3; i++)
        {
            words[Compression.BlockWords + Compression.StateWords + i] =
                BinaryPrimitives.ReadUInt32BigEndian(header[(64 + (4 * i))..]);
        }
        return Octets(words);
    }

    /// <summary>Makes the range block of a call.</summary>
    /// <param name="first">First nonce.</param>
    /// <param name="count">How many.</param>
    /// <param name="threshold">A hash whose top 32 bits are not above this is reported.</param>
    /// <param name="stop">Address of the word that stops the scan when it becomes non-zero.</param>
    internal static byte[] Range(uint first, uint count, uint threshold, uint stop)
    {
        Span<uint> words = stackalloc uint[RangeOctets / 4];
        words[0] = first;
        words[1] = count;
        words[2] = threshold;
        words[4] = stop;
        return Octets(words);
    }

    /// <summary>Reads a range block after a call.</summary>
    internal static KernelRange Parse(ReadOnlySpan<byte> octets)
    {
        uint[] words = new uint[RangeOctets / 4];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(octets[(4 * i)..]);
        }
        return new KernelRange
        {
            First = words[0],
            Count = words[1],
            Mismatches = words[5],
            Verified = words[6],
            Nonces = words[8..(8 + (int)Math.Min(words[7], MaxCandidates))],
        };
    }

    private static byte[] Octets(ReadOnlySpan<uint> words)
    {
        byte[] octets = new byte[4 * words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(octets.AsSpan(4 * i), words[i]);
        }
        return octets;
    }
}
