using MicroFirmware.Mqtt.Packets;

namespace MicroFirmware.Mqtt.Codec;

/// <summary>One packet as it stands in the buffer: type, flags and the octets after the fixed header.</summary>
/// <remarks>
/// <code>
/// offset  octets  field
///      0       1  type (upper half), flags (lower half)
///      1     1-4  remaining length, seven bits an octet, least significant first, 80 = another octet follows
///      …       n  body
/// </code>
/// </remarks>
public readonly ref struct PacketFrame
{
    /// <summary>The longest fixed header.</summary>
    public const int MaxHeaderLength = 5;

    /// <summary>The greatest remaining length four octets can say.</summary>
    public const int MaxRemainingLength = 268_435_455;

    private PacketFrame(byte first, ReadOnlySpan<byte> body)
    {
        Type = (PacketType)(first >> 4);
        Flags = (byte)(first & 0xf);
        Body = body;
    }

    /// <summary>The packet's type; never 0 or 15.</summary>
    public PacketType Type { get; }

    /// <summary>The lower half of the first octet.</summary>
    public byte Flags { get; }

    /// <summary>The octets after the fixed header: as long as the remaining length says.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Reads the packet at the start of <paramref name="input"/>.</summary>
    /// <param name="input">Octets as they came.</param>
    /// <param name="maxPacketSize">Largest packet that is taken, fixed header included, in octets.</param>
    /// <param name="frame">The packet, when done.</param>
    /// <param name="length">Octets the whole packet takes; 0 while its header is not complete.</param>
    /// <param name="error">Why it is invalid.</param>
    public static ParseStatus TryRead(
        ReadOnlySpan<byte> input, int maxPacketSize, out PacketFrame frame, out int length, out ProtocolError error)
    {
        frame = default;
        ParseStatus status = TryReadHeader(input, maxPacketSize, out int headerLength, out length, out error);
        if (status != ParseStatus.Done)
        {
            return status;
        }

        if (input.Length < length)
        {
            return ParseStatus.NeedMore;
        }

        frame = new PacketFrame(input[0], input[headerLength..length]);
        return ParseStatus.Done;
    }

    private static ParseStatus TryReadHeader(
        ReadOnlySpan<byte> input, int maxPacketSize, out int headerLength, out int length, out ProtocolError error)
    {
        headerLength = length = 0;
        error = input.IsEmpty ? ProtocolError.None : CheckFirst(input[0]);
        if (error != ProtocolError.None)
        {
            return ParseStatus.Invalid;
        }

        int remaining = 0;
        for (int i = 1; i < MaxHeaderLength; i++)
        {
            if (i >= input.Length)
            {
                return ParseStatus.NeedMore;
            }

            remaining |= (input[i] & 0x7f) << (7 * (i - 1));
            if (input[i] < 0x80)
            {
                headerLength = i + 1;
                length = headerLength + remaining;
                error = length > maxPacketSize ? ProtocolError.PacketTooLarge : ProtocolError.None;
                return error == ProtocolError.None ? ParseStatus.Done : ParseStatus.Invalid;
            }
        }

        error = ProtocolError.MalformedLength;
        return ParseStatus.Invalid;
    }

    private static ProtocolError CheckFirst(byte first)
    {
        int flags = first & 0xf;
        switch ((PacketType)(first >> 4))
        {
            case 0 or (PacketType)15:
                return ProtocolError.ReservedPacketType;
            case PacketType.Publish:
                return (flags & 6) == 6 ? ProtocolError.ReservedQoS
                    : (flags & 14) == 8 ? ProtocolError.DuplicateWithoutQoS
                    : ProtocolError.None;
            case PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe:
                return flags == 2 ? ProtocolError.None : ProtocolError.ReservedFlags;
            default:
                return flags == 0 ? ProtocolError.None : ProtocolError.ReservedFlags;
        }
    }
}
