namespace MicroFirmware.Mqtt.Topics;

/// <summary>What a topic name and a topic filter may be, and when they match (MQTT 3.1.1 §4.7).</summary>
public static class TopicRules
{
    /// <summary>The separator of levels.</summary>
    public const char Separator = '/';

    /// <summary>The wildcard for one level.</summary>
    public const string SingleLevel = "+";

    /// <summary>The wildcard for all levels from here on.</summary>
    public const string MultiLevel = "#";

    /// <summary>Longest name or filter, in octets of UTF-8.</summary>
    public const int MaxLength = 65_535;

    /// <summary>True for a name: not empty, no wildcard.</summary>
    public static bool IsName(ReadOnlySpan<byte> utf8) =>
        !utf8.IsEmpty && utf8.IndexOfAny((byte)'+', (byte)'#') < 0;

    /// <summary>True for a name: not empty, no wildcard, no U+0000.</summary>
    public static bool IsName(ReadOnlySpan<char> text) => !text.IsEmpty && text.IndexOfAny('+', '#', '\0') < 0;

    /// <summary>True for a filter: not empty; <c>+</c> alone in its level; <c>#</c> alone in the last.</summary>
    public static bool IsFilter(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Contains('\0'))
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            bool aloneBefore = i == 0 || text[i - 1] == Separator;
            bool last = i == text.Length - 1;
            bool aloneAfter = last || text[i + 1] == Separator;
            if ((text[i] == '+' && !(aloneBefore && aloneAfter)) || (text[i] == '#' && !(aloneBefore && last)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when the filter has no wildcard, so that it matches one name only.</summary>
    public static bool IsExact(ReadOnlySpan<char> filter) => filter.IndexOfAny('+', '#') < 0;

    /// <summary>The number of levels.</summary>
    public static int Depth(ReadOnlySpan<char> text) => text.Count(Separator) + 1;

    /// <summary>True when <paramref name="filter"/> matches <paramref name="name"/>; both are well-formed.</summary>
    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> name)
    {
        // A wildcard in the first level does not reach the server's own topics (§4.7.2).
        if (name[0] == '$' && filter[0] is ('+' or '#'))
        {
            return false;
        }

        while (true)
        {
            int filterEnd = filter.IndexOf(Separator);
            int nameEnd = name.IndexOf(Separator);
            ReadOnlySpan<char> level = filterEnd < 0 ? filter : filter[..filterEnd];
            if (level is MultiLevel)
            {
                return true;
            }

            if (level is not SingleLevel && !level.SequenceEqual(nameEnd < 0 ? name : name[..nameEnd]))
            {
                return false;
            }

            if (filterEnd < 0 || nameEnd < 0)
            {
                // "sport/#" matches "sport" too.
                return filterEnd < 0 ? nameEnd < 0 : nameEnd < 0 && filter[(filterEnd + 1)..] is MultiLevel;
            }

            filter = filter[(filterEnd + 1)..];
            name = name[(nameEnd + 1)..];
        }
    }
}
