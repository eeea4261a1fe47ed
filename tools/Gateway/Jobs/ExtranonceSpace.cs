namespace MicroFirmware.Gateway.Jobs;

/// <summary>How the octets of a coinbase that are ours to choose are divided between boards and Stratum connections.
/// </summary>
/// <remarks><code>
///   lane group of boards   [0][group                                     ]   most significant octet first
///   Stratum connection     [1][number of the connection][its extranonce2 ]
///                           |  NumberSize octets        |
/// </code>
/// The first bit keeps the two kinds apart; <see cref="Bitcoin.ExtranonceCounter"/> counts the groups. A coinbase of
/// our own has <see cref="OwnSize"/> octets; a pool leaves us as many as its extranonce2 has.</remarks>
/// <param name="Size">Octets that are ours.</param>
internal readonly record struct ExtranonceSpace(int Size)
{
    /// <summary>Octets in a coinbase of our own: four for the connection, four for its miner.</summary>
    public const int OwnSize = 8;

    /// <summary>The least that can be divided: an octet for the connection and one for its miner.</summary>
    public const int LeastSize = 2;

    /// <summary>Whether there is room for connections at all.</summary>
    public bool HasConnections => Size is >= LeastSize and <= Extranonce.MaxSize;

    /// <summary>Octets of a connection's number, the first bit included. cgminer wants two octets for itself, so where
    /// the room is narrow the number gets the rest.</summary>
    public int NumberSize => Size >= OwnSize ? 4 : Size >= 4 ? 2 : 1;

    /// <summary>Octets left to the miner.</summary>
    public int Extranonce2Size => Size - NumberSize;

    /// <summary>Connections that can be numbered, from 0.</summary>
    public uint Connections => 1u << ((8 * NumberSize) - 1);

    /// <summary>A connection's extranonce1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    public Extranonce OfConnection(uint number)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Connections);
        return new Extranonce(Connections | number, NumberSize);
    }

    /// <summary>A connection's extranonce1 with its miner's extranonce2 behind it.</summary>
    /// <param name="number">The connection's number.</param>
    /// <param name="extranonce2">Has <see cref="Extranonce2Size"/> octets.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    public Extranonce Join(uint number, ReadOnlySpan<byte> extranonce2)
    {
        Span<byte> octets = stackalloc byte[Extranonce.MaxSize];
        OfConnection(number).CopyTo(octets);
        extranonce2.CopyTo(octets[NumberSize..]);
        return new Extranonce(octets[..(NumberSize + extranonce2.Length)]);
    }
}
