using System.Collections.Frozen;
using System.Text.RegularExpressions;
using System.Xml;

namespace MicroFirmware.Dashboard.Settings;

/// <summary>What each setting means: the documentation of its property, as the compiler wrote it down.</summary>
public sealed partial class Meanings
{
    private const string Resource = "settings.xml";
    private const string Prefix = "P:MicroFirmware.Gateway.Configuration.";

    private readonly Lazy<FrozenDictionary<string, IReadOnlyList<Word>>> _all = new(Read);

    /// <summary>What a property means; empty where nobody wrote it.</summary>
    /// <param name="property">Its full name.</param>
    public IReadOnlyList<Word> Of(string property) => _all.Value.GetValueOrDefault("P:" + property) ?? [];

    /// <summary>The same as plain text.</summary>
    public string TextOf(string property) => string.Concat(Of(property).Select(word => word.Text)).Trim();

    private static FrozenDictionary<string, IReadOnlyList<Word>> Read()
    {
        using Stream stream = typeof(Meanings).Assembly.GetManifestResourceStream(Resource)!;
        using XmlReader reader = XmlReader.Create(stream);
        Dictionary<string, IReadOnlyList<Word>> all = [];
        while (reader.ReadToFollowing("member"))
        {
            if (reader.GetAttribute("name") is { } name && name.StartsWith(Prefix, StringComparison.Ordinal)
                && reader.ReadToDescendant("summary"))
            {
                all[name] = Words(reader.ReadSubtree());
            }
        }

        return all.ToFrozenDictionary();
    }

    private static List<Word> Words(XmlReader summary)
    {
        List<Word> words = [];
        bool isCode = false;
        while (summary.Read())
        {
            switch (summary.NodeType)
            {
                case XmlNodeType.Element when summary.Name == "see":
                    words.Add(new Word((summary.GetAttribute("cref") ?? "").Split('.')[^1], IsCode: true));
                    break;
                case XmlNodeType.Element or XmlNodeType.EndElement:
                    isCode = summary.Name == "c" && summary.NodeType == XmlNodeType.Element;
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    words.Add(new Word(Spaces().Replace(summary.Value, " "), isCode));
                    break;
            }
        }

        return words;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    /// <summary>Some text.</summary>
    /// <param name="Text">The text, with its spaces.</param>
    /// <param name="IsCode">It is to be written exactly so.</param>
    public readonly record struct Word(string Text, bool IsCode);
}
