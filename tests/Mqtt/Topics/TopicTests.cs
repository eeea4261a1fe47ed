using MicroFirmware.Mqtt.Topics;

namespace MicroFirmware.Mqtt.Tests.Topics;

public sealed class TopicTests
{
    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/ranking", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player10", false)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("#", "sport/tennis", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("+/tennis/#", "sport/tennis", true)]
    [InlineData("#", "$SYS/broker", false)]
    [InlineData("+/broker", "$SYS/broker", false)]
    [InlineData("$SYS/#", "$SYS/broker/uptime", true)]
    [InlineData("$SYS/+", "$SYS/broker", true)]
    [InlineData("a/$b/#", "a/$b/c", true)]
    [InlineData("a/+/c", "a/$b/c", true)]
    [InlineData("ACCOUNTS", "Accounts", false)]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/b/", false)]
    [InlineData("a//b", "a//b", true)]
    [InlineData("a/+/b", "a//b", true)]
    [InlineData("a b", "a b", true)]
    public void Filter_matches_as_section_4_7_says(string filter, string name, bool matches)
    {
        Assert.Equal(matches, TopicRules.Matches(filter, name));

        var byFilter = new TopicTree<string>();
        byFilter.Set(filter, "found");
        var found = new List<string>();
        byFilter.MatchName(name, found);
        Assert.Equal(matches ? 1 : 0, found.Count);

        var byName = new TopicTree<string>();
        byName.Set(name, "found");
        found.Clear();
        byName.MatchFilter(filter, found, int.MaxValue);
        Assert.Equal(matches ? 1 : 0, found.Count);
    }

    [Fact]
    public void Tree_agrees_with_the_rule_on_random_topics()
    {
        const int seed = 20_140_729;
        var random = new Random(seed);
        string[] levels = ["a", "b", "", "$c", "d"];
        for (int i = 0; i < 20_000; i++)
        {
            string name = Join(random, levels, 4);
            string filter = Join(random, [.. levels, "+", "+"], 3) + (random.Next(3) == 0 ? "/#" : "");
            if (name.Length == 0 || filter.Length == 0)
            {
                continue;
            }

            var tree = new TopicTree<string>();
            tree.Set(filter, filter);
            var found = new List<string>();
            tree.MatchName(name, found);
            bool matches = TopicRules.Matches(filter, name);
            Assert.True(matches == (found.Count == 1), $"seed {seed}, round {i}: '{filter}' and '{name}'");
        }
    }

    [Fact]
    public void Tree_that_is_emptied_holds_nothing()
    {
        var tree = new TopicTree<string>();
        string[] keys = ["a", "a/b", "a/b/c", "a/+", "#", "/", "a//"];
        foreach (string key in keys)
        {
            tree.Set(key, key);
        }

        Assert.Equal(keys.Length, tree.Count);
        foreach (string key in keys)
        {
            Assert.Equal(key, tree.Find(key));
            Assert.True(tree.Remove(key));
            Assert.False(tree.Remove(key));
        }

        Assert.Equal(0, tree.Count);
        Assert.Null(tree.Find("a"));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("/", true)]
    [InlineData("a b/€", true)]
    [InlineData("", false)]
    [InlineData("a/+", false)]
    [InlineData("a#", false)]
    [InlineData("a\0", false)]
    public void Name_is_judged(string name, bool valid) => Assert.Equal(valid, TopicRules.IsName(name));

    private static string Join(Random random, string[] levels, int most) => string.Join(
        '/', Enumerable.Range(0, 1 + random.Next(most)).Select(_ => levels[random.Next(levels.Length)]));
}
