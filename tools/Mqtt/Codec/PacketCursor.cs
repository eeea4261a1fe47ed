using System.Buffers;

namespace MicroFirmware.Mqtt.Codec;

/// <summary>
/// Walks the packets in a buffer. A packet that lies in one segment is read where it lies; one that straddles segments
/// is first copied into rented memory, which goes back when the next one is read or the cursor is disposed.
/// </summary>
public ref struct PacketCursor
{
    private readonly ReadOnlySequence<byte> _buffer;
    private readonly int _maxPacketSize;
    private ReadOnlySpan<byte> _segment;
    private long _consumed;
    private byte[]? _rented;

    /// <summary>Starts at the beginning of <paramref name="buffer"/>.</summary>
    /// <param name="buffer">Octets as they came.</param>
    /// <param name="maxPacketSize">Largest packet that is taken, fixed header included, in octets.</param>
    public PacketCursor(in ReadOnlySequence<byte> buffer, int maxPacketSize)
    {
        _buffer = buffer;
        _maxPacketSize = maxPacketSize;
        _segment = buffer.FirstSpan;
    }

    /// <summary>Why the last read was invalid.</summary>
    public ProtocolError Error { get; private set; }

    /// <summary>The end of the last packet that was read.</summary>
    public readonly SequencePosition Consumed => _buffer.GetPosition(_consumed);

    /// <summary>True when every octet of the buffer belongs to a packet that was read.</summary>
    public readonly bool AtEnd => _consumed == _buffer.Length;

    /// <summary>Reads the next packet. The frame is valid until the next read.</summary>
    public ParseStatus TryRead(out PacketFrame frame)
    {
        ParseStatus status = PacketFrame.TryRead(
            _segment, _maxPacketSize, out frame, out int length, out ProtocolError error);
        if (status == ParseStatus.Done)
        {
            _segment = _segment[length..];
            _consumed += length;
            return status;
        }

        Error = error;
        return status == ParseStatus.NeedMore && _buffer.Length - _consumed > _segment.Length
            ? TryReadAcross(out frame)
            : status;
    }

    /// <summary>Gives rented memory back.</summary>
    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
            _rented = null;
        }
    }

    private ParseStatus TryReadAcross(out PacketFrame frame)
    {
        ReadOnlySequence<byte> rest = _buffer.Slice(_consumed);
        Span<byte> header = stackalloc byte[PacketFrame.MaxHeaderLength];
        header = header[..(int)Math.Min(header.Length, rest.Length)];
        rest.Slice(0, header.Length).CopyTo(header);
        ParseStatus status = PacketFrame.TryRead(
            header, _maxPacketSize, out _, out int length, out ProtocolError error);
        Error = error;
        if (status == ParseStatus.Invalid || length == 0 || rest.Length < length)
        {
            frame = default;
            return status == ParseStatus.Invalid ? status : ParseStatus.NeedMore;
        }

        Dispose();
        _rented = ArrayPool<byte>.Shared.Rent(length);
        rest.Slice(0, length).CopyTo(_rented);
        _consumed += length;
        _segment = _buffer.Slice(_consumed).FirstSpan;
        return PacketFrame.TryRead(_rented.AsSpan(0, length), _maxPacketSize, out frame, out _, out _);
    }
}
