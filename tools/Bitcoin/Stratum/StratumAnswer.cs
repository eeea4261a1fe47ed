using System.Buffers.Text;

namespace MicroFirmware.Bitcoin.Stratum;

/// <summary>Answers to shares, written without allocating.</summary>
public static class StratumAnswer
{
    /// <summary>Octets that an answer has at most.</summary>
    public const int MaxOctets = 256;

    /// <summary>Takes a share.</summary>
    /// <param name="to">At least <see cref="MaxOctets"/>.</param>
    /// <param name="id">The id as it came, a text with its quotes.</param>
    /// <returns>Octets written, the line's end included.</returns>
    public static int Granted(Span<byte> to, ReadOnlySpan<byte> id)
    {
        int at = Put(to, 0, "{\"id\":"u8);
        at = Put(to, at, id);
        return Put(to, at, ",\"result\":true,\"error\":null}\n"u8);
    }

    /// <summary>Refuses a share.</summary>
    /// <param name="to">At least <see cref="MaxOctets"/>.</param>
    /// <param name="id">The id as it came, a text with its quotes.</param>
    /// <param name="error">Why; its message is ASCII without quotes, up to 100 characters.</param>
    /// <returns>Octets written, the line's end included.</returns>
    public static int Refused(Span<byte> to, ReadOnlySpan<byte> id, StratumError error)
    {
        int at = Put(to, 0, "{\"id\":"u8);
        at = Put(to, at, id);
        at = Put(to, at, ",\"result\":null,\"error\":["u8);
        Utf8Formatter.TryFormat(error.Code, to[at..], out int digits);
        at = Put(to, at + digits, ",\""u8);
        System.Text.Ascii.FromUtf16(error.Message, to[at..], out int letters);
        return Put(to, at + letters, "\",null]}\n"u8);
    }

    private static int Put(Span<byte> to, int at, ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(to[at..]);
        return at + octets.Length;
    }
}
