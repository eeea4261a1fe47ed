using System.Buffers;

namespace MicroFirmware.Bitcoin.Stratum;

/// <summary>Stratum v1 is one JSON object per line: this finds the lines in what has arrived.</summary>
public static class StratumLine
{
    /// <summary>Octets a miner's line may have. The longest one in use, a configure, has a tenth of that.</summary>
    public const int MaxRequest = 4_096;

    /// <summary>Octets a pool's line may have: a notify with a coinbase that pays many and 14 branches.</summary>
    public const int MaxMessage = 65_536;

    private const byte End = (byte)'\n';
    private const byte Return = (byte)'\r';

    /// <summary>Takes one line.</summary>
    /// <param name="buffer">What has arrived; after a whole line, what follows it.</param>
    /// <param name="mostOctets">Octets that a line may have without its end.</param>
    /// <param name="line">The line without its end; empty lines are lines too.</param>
    /// <returns>Invalid for a line that is too long, whether or not its end has arrived.</returns>
    public static ParseStatus TryTake(
        ref ReadOnlySequence<byte> buffer, int mostOctets, out ReadOnlySequence<byte> line)
    {
        line = default;
        SequencePosition? end = buffer.PositionOf(End);
        long length = end is { } found ? buffer.Slice(0, found).Length : buffer.Length;
        if (length > mostOctets)
        {
            return ParseStatus.Invalid;
        }

        if (end is null)
        {
            return ParseStatus.NeedMore;
        }

        line = buffer.Slice(0, end.Value);
        buffer = buffer.Slice(buffer.GetPosition(1, end.Value));
        if (line.Length > 0 && line.Slice(line.Length - 1).FirstSpan[0] == Return)
        {
            line = line.Slice(0, line.Length - 1);
        }

        return ParseStatus.Done;
    }
}
