using System.Text;

namespace MicroFirmware.Gateway.Tests.Upstreams.Fuzz;

/// <summary>Texts that are right, nearly right, or noise, from a seed and a corpus.</summary>
internal sealed class TextMutator(Random random, IReadOnlyList<string> corpus)
{
    private static readonly string[] s_words =
    [
        "null", "true", "false", "-1", "0", "1e400", "1e-400", "4294967296", "18446744073709551616", "[]", "{}", "\"\"",
        "\"zz\"", "\"\\ud800\"", "[[[[[[[[[[", "}", "]", ",", ":", "\"ffffffff\"", "\"00\"", "0.0001", "\"\\u0000\"",
    ];

    private static readonly char[] s_ends = [',', ':', '[', ']', '{', '}'];

    /// <summary>The next text: one in ten is as it stands in the corpus.</summary>
    public byte[] Next()
    {
        string text = corpus[random.Next(corpus.Count)];
        int changes = random.Next(10) == 0 ? 0 : random.Next(1, 4);
        for (int i = 0; i < changes; i++)
        {
            text = Change(text);
        }

        byte[] octets = Encoding.UTF8.GetBytes(text);
        if (octets.Length > 0 && random.Next(20) == 0)
        {
            octets[random.Next(octets.Length)] = (byte)random.Next(256);
        }

        return octets;
    }

    private string Change(string text)
    {
        if (text.Length < 2)
        {
            return Word();
        }

        int at = random.Next(text.Length);
        int length = random.Next(1, Math.Min(40, text.Length - at + 1));
        return random.Next(6) switch
        {
            0 => text.Remove(at, Math.Min(length, text.Length - at)),
            1 => text.Insert(at, text.Substring(at, Math.Min(length, text.Length - at))),
            2 => text.Insert(at, Word()),
            3 => text[..at],
            _ => ReplaceValue(text, at),
        };
    }

    /// <summary>Puts a word where a value stands, so that the text mostly stays JSON.</summary>
    private string ReplaceValue(string text, int at)
    {
        int start = text.LastIndexOfAny(s_ends, at) + 1;
        int end = text.IndexOfAny(s_ends, at);
        return end < start ? text : text[..start] + Word() + text[end..];
    }

    private string Word() => s_words[random.Next(s_words.Length)];
}
