using System.Text.RegularExpressions;
using MicroFirmware.KernelForge.Ssa;

namespace MicroFirmware.KernelForge.Tests.Ssa;

/// <summary>The parameter block as the loops read it and as mf_block.h fills it.</summary>
public sealed partial class BlockLayoutTests
{
    [Fact]
    public void Words_of_the_header_are_those_of_the_generator()
    {
        var header = File.ReadAllText(RepositoryFolder.Of("hardware", "kernels", "mf_block.h"));
        var body = header[header.IndexOf("struct mf_block {", StringComparison.Ordinal)..];
        Dictionary<string, int> offsets = [];
        var at = 0;
        foreach (Match line in Member().Matches(body[..body.IndexOf("};", StringComparison.Ordinal)]))
        {
            foreach (var member in line.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries))
            {
                var name = member.Split('[')[0];
                offsets[name] = at;
                at += Words(member) * (line.Groups[1].Value == "hit" ? 2 : 1);
            }
        }

        Assert.Equal(BlockLayout.Words, at);
        foreach (var word in Enum.GetValues<BlockWord>().Where(word => word != BlockWord.End))
        {
            Assert.Equal((int)word, offsets[CppName(word)]);
        }
    }

    private static string CppName(BlockWord word) => word switch
    {
        BlockWord.SoftNonce => "soft_nonce",
        _ => word.ToString().ToLowerInvariant(),
    };

    private static int Words(string member) =>
        !member.Contains('[') ? 1
        : member.EndsWith("[hit_capacity]", StringComparison.Ordinal) ? BlockLayout.HitCapacity
        : int.Parse(member.Split('[', ']')[1]);

    [GeneratedRegex(@"^    (word|hit) ([^;]+);", RegexOptions.Multiline)]
    private static partial Regex Member();
}
