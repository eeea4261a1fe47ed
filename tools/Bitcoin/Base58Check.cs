using System.Numerics;

namespace MicroFirmware.Bitcoin;

/// <summary>Octets as text without look-alikes, with four octets of a double SHA-256 as a check.</summary>
public static class Base58Check
{
    /// <summary>Characters that any text given here may have.</summary>
    public const int MaxLength = 120;

    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const int CheckSize = 4;

    /// <summary>Writes octets and their check.</summary>
    public static string Encode(ReadOnlySpan<byte> payload)
    {
        byte[] octets = [.. payload, .. Check(payload)];
        BigInteger number = new(octets, isUnsigned: true, isBigEndian: true);
        Stack<char> text = [];
        while (!number.IsZero)
        {
            number = BigInteger.DivRem(number, Alphabet.Length, out BigInteger digit);
            text.Push(Alphabet[(int)digit]);
        }

        // A leading zero octet is a leading '1': the number alone would lose it.
        int zeros = octets.AsSpan().IndexOfAnyExcept((byte)0);
        return new string(Alphabet[0], zeros < 0 ? octets.Length : zeros) + string.Concat(text);
    }

    /// <summary>Reads text; false where a character, the length or the check is wrong.</summary>
    /// <param name="text">Up to <see cref="MaxLength"/> characters.</param>
    /// <param name="payload">The octets before the check.</param>
    public static bool TryDecode(string text, out byte[] payload)
    {
        payload = [];
        if (text.Length is 0 or > MaxLength)
        {
            return false;
        }

        BigInteger number = BigInteger.Zero;
        foreach (char c in text)
        {
            int digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            number = (number * Alphabet.Length) + digit;
        }

        int zeros = text.AsSpan().IndexOfAnyExcept(Alphabet[0]);
        byte[] digits = number.IsZero ? [] : number.ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] octets = [.. new byte[zeros < 0 ? text.Length : zeros], .. digits];
        if (octets.Length < CheckSize || !octets.AsSpan(^CheckSize..).SequenceEqual(Check(octets.AsSpan(..^CheckSize))))
        {
            return false;
        }

        payload = octets[..^CheckSize];
        return true;
    }

    private static byte[] Check(ReadOnlySpan<byte> payload) => Sha256d.Hash(payload).ToOctets()[..CheckSize];
}
