using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace MicroFirmware.Bitcoin.Stratum;

/// <summary>A <c>mining.submit</c> read where it stands, without allocating. It knows the form in which miners write
/// it; whatever is written otherwise is for <see cref="StratumRequestReader"/>, and means the same there.</summary>
public ref struct StratumShare
{
    private const int NoVersionBits = 5;
    private const int WithVersionBits = 6;

    private static readonly SearchValues<byte> s_hexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    private ReadOnlySpan<byte> _line;
    private Utf8JsonReader _reader;

    /// <summary>The request's id as it came: a number, or a text in its quotes.</summary>
    public ReadOnlySpan<byte> Id;

    /// <summary>As authorised.</summary>
    public ReadOnlySpan<byte> User;

    /// <summary>As notified.</summary>
    public ReadOnlySpan<byte> JobId;

    /// <summary>The miner's octets of the coinbase, in hexadecimal digits.</summary>
    public ReadOnlySpan<byte> Extranonce2;

    /// <summary>The header's time.</summary>
    public uint NTime;

    /// <summary>The header's nonce.</summary>
    public uint Nonce;

    /// <summary>Version bits that were rolled (BIP 310); null where none are sent.</summary>
    public uint? VersionBits;

    /// <summary>Reads one line.</summary>
    /// <param name="line">A line without its end.</param>
    /// <param name="share">The share where the answer is true; its spans point into the line.</param>
    /// <returns>False for everything that is not a share in the usual form.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, out StratumShare share)
    {
        share = new StratumShare { _line = line, _reader = new Utf8JsonReader(line) };
        try
        {
            return share._reader.Read() && share._reader.TokenType == JsonTokenType.StartObject
                && share.TryReadMembers() && !share._reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private bool TryReadMembers()
    {
        bool isSubmit = false;
        bool hasParameters = false;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            bool good;
            if (_reader.ValueTextEquals("id"u8))
            {
                good = Id.IsEmpty && TryReadId();
            }
            else if (_reader.ValueTextEquals("method"u8))
            {
                good = !isSubmit && _reader.Read() && _reader.TokenType == JsonTokenType.String
                    && _reader.ValueTextEquals("mining.submit"u8);
                isSubmit = good;
            }
            else
            {
                good = !hasParameters && _reader.ValueTextEquals("params"u8) && TryReadParameters();
                hasParameters = good;
            }

            if (!good)
            {
                return false;
            }
        }

        return isSubmit && hasParameters && !Id.IsEmpty && _reader.TokenType == JsonTokenType.EndObject;
    }

    private bool TryReadId()
    {
        if (!_reader.Read())
        {
            return false;
        }

        if (_reader.TokenType == JsonTokenType.Number)
        {
            Id = _reader.ValueSpan;
            return _reader.TryGetInt64(out _) && Id.IndexOfAnyExcept("-0123456789"u8) < 0;
        }

        if (_reader.TokenType != JsonTokenType.String || _reader.ValueIsEscaped
            || _reader.ValueSpan.Length > StratumId.MaxLength || !System.Text.Ascii.IsValid(_reader.ValueSpan))
        {
            return false;
        }

        // The value is without the quotes that stand around it in the line.
        Id = _line.Slice((int)_reader.TokenStartIndex, _reader.ValueSpan.Length + 2);
        return true;
    }

    private bool TryReadParameters()
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        int count = 0;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.String && !_reader.ValueIsEscaped)
        {
            if (count == WithVersionBits || !TryTake(count++, _reader.ValueSpan))
            {
                return false;
            }
        }

        return _reader.TokenType == JsonTokenType.EndArray && count is NoVersionBits or WithVersionBits;
    }

    private bool TryTake(int index, ReadOnlySpan<byte> text)
    {
        switch (index)
        {
            case 0:
                User = text;
                return text.Length <= StratumParameters.MaxText && System.Text.Ascii.IsValid(text);
            case 1:
                JobId = text;
                return text.Length <= StratumParameters.MaxText && System.Text.Ascii.IsValid(text);
            case 2:
                Extranonce2 = text;
                return text.Length % 2 == 0 && text.Length <= 2 * StratumRequestReader.MaxExtranonce2
                    && !text.ContainsAnyExcept(s_hexDigits);
            case 3:
                return TryReadHex(text, out NTime);
            case 4:
                return TryReadHex(text, out Nonce);
            default:
                bool good = TryReadHex(text, out uint bits);
                VersionBits = bits;
                return good;
        }
    }

    /// <summary>Upper and lower case are the same number, so a share that is spelled anew is the same share.</summary>
    private static bool TryReadHex(ReadOnlySpan<byte> text, out uint value)
    {
        value = 0;
        return text.Length is >= 1 and <= 8
            && Utf8Parser.TryParse(text, out value, out int used, 'x') && used == text.Length;
    }
}
