namespace MicroFirmware.Lightning.Tests.Backends.Replay;

/// <summary>What is asked of a backend, the exchanges that this leads to, and what it must make of them.</summary>
/// <param name="Node">The file's name: which backend.</param>
/// <param name="Act"><c>pay</c>, <c>find</c>, <c>keysend</c>, <c>find-keysend</c> or <c>request</c>.</param>
/// <param name="Name">In words.</param>
/// <param name="Expected">The state, and the fee in millisatoshi where it succeeded; or an invoice, or nothing.</param>
/// <param name="Exchanges">In their order.</param>
internal sealed record ReplayCase(
    string Node, string Act, string Name, string Expected, IReadOnlyList<Exchange> Exchanges)
{
    /// <summary>Every case of every file in <c>exchanges/</c>. A file says how it is written in its first lines.
    /// </summary>
    public static IReadOnlyList<ReplayCase> All { get; } =
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "exchanges"), "*.txt").Order().SelectMany(Read),
    ];

    private static IEnumerable<ReplayCase> Read(string file)
    {
        string node = Path.GetFileNameWithoutExtension(file);
        List<ReplayCase> cases = [];
        List<Exchange> exchanges = [];
        string previous = "";
        foreach (string line in File.ReadLines(file).Select(TestPayment.Fill))
        {
            string text = line.Length > 2 ? line[2..] : "";
            switch (line)
            {
                case ['=', ..]:
                    string[] parts = text.Split([": ", " => "], StringSplitOptions.None);
                    exchanges = [];
                    cases.Add(new ReplayCase(node, parts[0], parts[1], parts[2], exchanges));
                    break;
                case ['>', ..] when previous is not ['>', ..]:
                    exchanges.Add(new Exchange(new List<string> { text }, new List<string>()));
                    break;
                case ['>', ..]:
                    ((List<string>)exchanges[^1].Request).Add(text);
                    break;
                case ['<', ..]:
                    ((List<string>)exchanges[^1].Answer).Add(text);
                    break;
                default:
                    Assert.True(line.Length == 0 || line[0] == '#', $"{file}: {line}");
                    break;
            }

            previous = line;
        }

        return cases;
    }
}
