using System.Buffers.Binary;
using System.Text;

namespace MicroFirmware.Mqtt.Codec;

/// <summary>Takes fields from a packet's body; remembers the first error and then answers with nothing.</summary>
internal ref struct BodyReader(ReadOnlySpan<byte> body)
{
    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    private ReadOnlySpan<byte> _rest = body;

    /// <summary>The first thing that was wrong.</summary>
    public ProtocolError Error { get; private set; }

    /// <summary>True when every octet was taken.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Remembers an error, unless there is one already.</summary>
    public void Fail(ProtocolError error)
    {
        Error = Error == ProtocolError.None ? error : Error;
        _rest = default;
    }

    public byte ReadByte()
    {
        ReadOnlySpan<byte> field = Take(1);
        return field.IsEmpty ? (byte)0 : field[0];
    }

    public ushort ReadUInt16()
    {
        ReadOnlySpan<byte> field = Take(2);
        return field.IsEmpty ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(field);
    }

    /// <summary>A packet id: 1 to 65,535.</summary>
    public ushort ReadPacketId()
    {
        ushort id = ReadUInt16();
        if (id == 0)
        {
            Fail(ProtocolError.ZeroPacketId);
        }

        return id;
    }

    /// <summary>Octets with a 16-bit length before them.</summary>
    public ReadOnlySpan<byte> ReadBinary() => Take(ReadUInt16());

    /// <summary>The octets of a string, checked as MQTT 3.1.1 §1.5.3 demands.</summary>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        ReadOnlySpan<byte> text = ReadBinary();
        ProtocolError error = CheckUtf8(text);
        if (error != ProtocolError.None)
        {
            Fail(error);
            return default;
        }

        return text;
    }

    /// <summary>A string; a byte order mark stays what it is, a character.</summary>
    public string ReadString()
    {
        ReadOnlySpan<byte> text = ReadUtf8();
        return text.IsEmpty ? "" : s_strictUtf8.GetString(text);
    }

    /// <summary>Everything that is left.</summary>
    public ReadOnlySpan<byte> ReadRest() => Take(_rest.Length);

    /// <summary>Fails if octets are left over, and answers whether all went well.</summary>
    public bool Finish(out ProtocolError error)
    {
        if (!AtEnd)
        {
            Fail(ProtocolError.WrongLength);
        }

        error = Error;
        return error == ProtocolError.None;
    }

    private static ProtocolError CheckUtf8(ReadOnlySpan<byte> text) =>
        text.Contains((byte)0) ? ProtocolError.NullCharacter
        : System.Text.Unicode.Utf8.IsValid(text) ? ProtocolError.None
        : ProtocolError.IllFormedUtf8;

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count)
        {
            Fail(ProtocolError.WrongLength);
            return default;
        }

        ReadOnlySpan<byte> field = _rest[..count];
        _rest = _rest[count..];
        return field;
    }
}
