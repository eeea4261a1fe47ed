using System.Text.Json;
using Microsoft.Playwright;

namespace MicroFirmware.Browser.Tests.Harness;

/// <summary>A window on the pages. It writes down what must not be: errors of scripts, violations of the security
/// policy, requests to anybody but the gateway.</summary>
internal sealed class Visit
{
    private static readonly string s_screenshots =
        Path.Combine(Needs.Root, "tests", "browser", "TestResults", "screenshots");

    private static readonly TimeSpan s_between = TimeSpan.FromMilliseconds(50);

    private readonly List<string> _complaints = [];
    private readonly Uri _site;

    public Visit(IPage page, Uri site)
    {
        (Page, _site) = (page, site);
        page.Console += (_, message) =>
        {
            // A gateway that is gone, or a page that is not for this reader, is the business of tests about that.
            bool isLoading = message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal);
            if (message.Type == "error" && !isLoading)
            {
                Complain($"console: {message.Text}");
            }
        };
        page.PageError += (_, error) => Complain($"script: {error}");
        page.Request += (_, request) =>
        {
            Uri asked = new(request.Url);
            if (asked.Scheme is not ("data" or "blob" or "about") && asked.Authority != _site.Authority)
            {
                Complain($"a request to {asked.Authority}");
            }
        };
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
            {
                return [.. _complaints];
            }
        }
    }

    /// <summary>Opens a page, which must be there.</summary>
    public async Task<IResponse> GoAsync(string path)
    {
        IResponse answer = (await Page.GotoAsync(path))!;
        Assert.True(answer.Ok, $"{path}: {answer.Status}");
        return answer;
    }

    /// <summary>Waits until a script's expression is true. The pages' policy forbids the library's own way of it.
    /// </summary>
    public async Task UntilAsync(string expression)
    {
        using CancellationTokenSource end = new(Chromium.Deadline);
        using PeriodicTimer again = new(s_between);
        while (!await Page.EvaluateAsync<bool>(expression))
        {
            Assert.False(end.IsCancellationRequested, $"never true: {expression}");
            await again.WaitForNextTickAsync();
        }
    }

    /// <summary>Reads the page that is shown as people do who do not see it, and as those do who have little room; and
    /// writes it down.</summary>
    /// <param name="name">Of the file.</param>
    public async Task ReadAsync(string name)
    {
        await Page.Locator("main").WaitForAsync();
        await ScreenshotAsync(name);
        Assert.Empty(await AxeAsync());

        // A phone would rather make everything smaller: its own width counts.
        Assert.Equal(0, await Page.EvaluateAsync<int>(
            "width => Math.max(0, document.documentElement.scrollWidth - width)", Page.ViewportSize!.Width));
    }

    /// <summary>What axe finds that is more than minor, a line a finding.</summary>
    public async Task<IReadOnlyList<string>> AxeAsync()
    {
        await Page.EvaluateAsync(await File.ReadAllTextAsync(Needs.Axe));
        JsonElement result = (await Page.EvaluateAsync("axe.run(document, { resultTypes: ['violations'] })"))!.Value;
        return
        [
            .. result.GetProperty("violations").EnumerateArray()
                .Where(v => v.GetProperty("impact").GetString() is "moderate" or "serious" or "critical")
                .SelectMany(v => v.GetProperty("nodes").EnumerateArray().Select(node =>
                    $"{v.GetProperty("id").GetString()}: {v.GetProperty("help").GetString()}: "
                    + node.GetProperty("html").GetString())),
        ];
    }

    /// <summary>Writes the whole page down, for people to look at.</summary>
    public Task ScreenshotAsync(string name) => Page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Path.Combine(s_screenshots, $"{name}.png"),
        FullPage = true,
        Animations = ScreenshotAnimations.Disabled,
    });

    private void Complain(string what)
    {
        lock (_complaints)
        {
            _complaints.Add($"{Page.Url}: {what}");
        }
    }
}
