using System.Globalization;
using MicroFirmware.Bench.Mqtt;

namespace MicroFirmware.Bench.Dashboard;

/// <summary>
/// Open pages, in a process of their own: each listens to the heartbeat and, at a beat, fetches its page anew over a
/// connection that it keeps, compressed, as a browser does. What they cost is not the gateway's.
/// </summary>
internal static class PageViewers
{
    private static readonly byte[] s_beat = "data:"u8.ToArray();

    /// <summary>Keeps pages open until the standard input ends; prints a line when each was served once, and at the end
    /// how often a page was served, and the longest time in seconds that one was not.</summary>
    public static async Task RunAsync(Uri site, string path, int count)
    {
        using CancellationTokenSource end = new();
        using SocketsHttpHandler handler = new() { MaxConnectionsPerServer = 2 * count };
        using HttpClient browser = new(handler) { BaseAddress = site };
        browser.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, br");
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => browser.GetByteArrayAsync(path)));
        browser.DefaultRequestHeaders.Add("X-Live", "1");
        Task<Watched>[] pages = [.. Enumerable.Range(0, count).Select(_ => WatchAsync(browser, path, end.Token))];
        Console.WriteLine("open");
        await Console.In.ReadToEndAsync();
        await end.CancelAsync();
        Watched[] seen = await Task.WhenAll(pages);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{seen.Sum(page => page.Times)} {seen.Max(page => page.Oldest.TotalSeconds)}"));
    }

    /// <summary>Opens pages while something goes on.</summary>
    /// <returns>How often a page was served, and how old a page's figures became at most, in seconds.</returns>
    public static async Task<(int Pages, double OldestSeconds)> BesideAsync(
        Uri site, string path, int count, Func<Task> run)
    {
        await using ClientProcess viewers = ClientProcess.Start(
            MiningDashboardBench.Title, "view", site.AbsoluteUri, path, $"{count}");
        await viewers.ReadLineAsync();
        await run();
        string[] told = (await viewers.EndAsync()).Split(' ');
        return (int.Parse(told[0], CultureInfo.InvariantCulture), double.Parse(told[1], CultureInfo.InvariantCulture));
    }

    private static async Task<Watched> WatchAsync(HttpClient browser, string path, CancellationToken end)
    {
        int times = 0;
        TimeSpan oldest = TimeSpan.Zero;
        long fresh = TimeProvider.System.GetTimestamp();
        try
        {
            await using Stream beats = await browser.GetStreamAsync("/live", end);
            byte[] buffer = new byte[1024];
            while (await beats.ReadAsync(buffer, end) is > 0 and int read)
            {
                if (buffer.AsSpan(0, read).IndexOf(s_beat) < 0)
                {
                    continue;
                }

                long asked = TimeProvider.System.GetTimestamp();
                await browser.GetByteArrayAsync(path, end);
                TimeSpan age = TimeProvider.System.GetElapsedTime(fresh);
                (oldest, fresh, times) = (age > oldest && times > 0 ? age : oldest, asked, times + 1);
            }
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }

        return new Watched(times, oldest);
    }

    private sealed record Watched(int Times, TimeSpan Oldest);
}
