using System.Buffers.Binary;

namespace MicroFirmware.Bitcoin;

/// <summary>Counts through half of the extranonces of a size, those whose first bit is 0; the other half is for miners
/// that choose an extranonce themselves. Safe for use by many threads.</summary>
/// <remarks><code>
///   [0 ... 0][number, up to 8 octets, most significant first]
/// </code></remarks>
public sealed class ExtranonceCounter
{
    /// <summary>Octets an extranonce may have.</summary>
    public const int MaxSize = 32;

    private readonly long _limit;
    private long _next;

    /// <summary>Begins at 0.</summary>
    /// <param name="size">Octets of each extranonce, 1 to <see cref="MaxSize"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another size.</exception>
    public ExtranonceCounter(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MaxSize);
        Size = size;
        _limit = size >= sizeof(long) ? long.MaxValue : 1L << ((8 * size) - 1);
    }

    /// <summary>Octets of each extranonce.</summary>
    public int Size { get; }

    /// <summary>Takes the next one; false where all were given.</summary>
    public bool TryTake(out byte[] extranonce)
    {
        extranonce = [];
        if (Volatile.Read(ref _next) >= _limit)
        {
            return false;
        }

        long number = Interlocked.Increment(ref _next) - 1;
        if (number >= _limit)
        {
            return false;
        }

        Span<byte> octets = stackalloc byte[MaxSize];
        octets.Clear();
        BinaryPrimitives.WriteInt64BigEndian(octets[(MaxSize - sizeof(long))..], number);
        extranonce = octets[(MaxSize - Size)..].ToArray();
        return true;
    }
}
