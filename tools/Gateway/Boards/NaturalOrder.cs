namespace MicroFirmware.Gateway.Boards;

/// <summary>Compares texts as people do: whatever their case, and numbers in them by their value.</summary>
internal static class NaturalOrder
{
    public static int Compare(string x, string y)
    {
        // Names of a fleet begin alike; a number is read from its first digit on.
        int i = x.AsSpan().CommonPrefixLength(y);
        while (i > 0 && char.IsAsciiDigit(x[i - 1]))
        {
            i--;
        }

        int j = i;
        while (i < x.Length && j < y.Length)
        {
            int order;
            if (char.IsAsciiDigit(x[i]) && char.IsAsciiDigit(y[j]))
            {
                ReadOnlySpan<char> a = NumberAt(x, ref i);
                ReadOnlySpan<char> b = NumberAt(y, ref j);
                order = a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
            }
            else
            {
                order = char.ToLowerInvariant(x[i++]).CompareTo(char.ToLowerInvariant(y[j++]));
            }

            if (order != 0)
            {
                return order;
            }
        }

        return (x.Length - i).CompareTo(y.Length - j);
    }

    /// <summary>The digits from a place on, without the zeros before them.</summary>
    private static ReadOnlySpan<char> NumberAt(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text.AsSpan(start, at - start).TrimStart('0');
    }
}
