using System.Text.Json;
using System.Text.RegularExpressions;
using MicroFirmware.Gateway.Tests.Hosting;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Tests.Observation;

/// <summary>The dashboard file against what a running gateway exports.</summary>
public sealed partial class GrafanaDashboardTests
{
    private static readonly JsonElement s_dashboard = JsonDocument.Parse(File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "grafana", "microfirmware.json"))).RootElement;

    private static IEnumerable<JsonElement> Panels => s_dashboard.GetProperty("panels").EnumerateArray();

    private static IEnumerable<string> Expressions => Panels
        .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
        .Select(target => target.GetProperty("expr").GetString()!)
        .Concat(s_dashboard.GetProperty("templating").GetProperty("list").EnumerateArray()
            .Where(variable => variable.GetProperty("type").GetString() == "query")
            .Select(variable => variable.GetProperty("query").GetString()!));

    [Fact]
    public async Task Every_metric_that_the_dashboard_names_is_exported()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync();
        await using TestBoard board = await gateway.EnrolAsync("board-1");
        Assert.Equal(VerdictCode.Accepted,
            (await board.SendAsync(TestBoard.Mine(await board.FetchAsync(), 1))).Code);
        using HttpClient http = gateway.Client();

        // What HTTP measures begins with the first answer.
        await http.GetStringAsync("/healthz");
        string page = gateway.Host.Room<Gateway.Observation.MetricsExport>().ReadText();
        HashSet<string> exported = [.. Sample().Matches(page).Select(match => match.Value)];
        string[] named = [.. Expressions.SelectMany(NamesIn).Distinct()];

        Assert.True(named.Length >= 15);
        Assert.Empty(named.Except(exported));
    }

    [Fact]
    public void Every_label_that_the_dashboard_chooses_by_is_one_that_there_is()
    {
        IEnumerable<string> labels = Expressions.SelectMany(text => Label().Matches(text))
            .Select(match => match.Groups[1].Value).Distinct();

        // Prometheus itself adds the instance.
        Assert.Empty(labels.Except(["instance", "verdict"]));
    }

    [Fact]
    public void Panels_have_ids_of_their_own_lie_side_by_side_and_say_what_they_show()
    {
        Assert.Distinct(Panels.Select(panel => panel.GetProperty("id").GetInt32()));
        HashSet<(int, int)> taken = [];
        foreach (JsonElement panel in Panels)
        {
            Assert.NotEqual("", panel.GetProperty("title").GetString());
            Assert.NotEqual("", panel.GetProperty("description").GetString());
            JsonElement place = panel.GetProperty("gridPos");
            int Get(string name) => place.GetProperty(name).GetInt32();
            Assert.True(Get("x") + Get("w") <= 24);
            for (int x = 0; x < Get("w"); x++)
            {
                for (int y = 0; y < Get("h"); y++)
                {
                    Assert.True(taken.Add((Get("x") + x, Get("y") + y)), panel.GetProperty("title").GetString());
                }
            }
        }
    }

    /// <summary>Words before a brace or bracket, or in label_values, that are no function of PromQL.</summary>
    private static IEnumerable<string> NamesIn(string expression) =>
        Metric().Matches(expression).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"(?<![\w$])((?:gateway|mqtt|http|kestrel|dotnet)_[a-z0-9_]+)(?=[{,\[])")]
    private static partial Regex Metric();

    [GeneratedRegex(@"[{,]([a-z_]+)(?:=~|!~|!=|=)""")]
    private static partial Regex Label();

    [GeneratedRegex(@"^[a-zA-Z_:][a-zA-Z0-9_:]*(?=[{ ])", RegexOptions.Multiline)]
    private static partial Regex Sample();
}
