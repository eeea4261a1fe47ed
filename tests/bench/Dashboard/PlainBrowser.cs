using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace MicroFirmware.Bench.Dashboard;

/// <summary>A browser that shows nothing: it costs the process that it measures as little as can be.</summary>
internal sealed partial class PlainBrowser(IPEndPoint site)
{
    private const int ReadOctets = 64 * 1024;

    /// <summary>A whole answer, head included, as it came over the wire.</summary>
    public Task<byte[]> GetAsync(string path) => GetAsync(path, "");

    /// <summary>Octets of a page and of all that it loads, heads included.</summary>
    public async Task<int> WeighAsync(string path)
    {
        byte[] page = await GetAsync(path);
        int sum = page.Length;
        foreach (Match asset in Assets().Matches(Encoding.UTF8.GetString(page)))
        {
            sum += (await GetAsync(asset.Value)).Length;
        }

        return sum;
    }

    /// <summary>Keeps a page fresh as its script does: at each beat of the heart it is asked for again.</summary>
    /// <returns>How often it came.</returns>
    public async Task<int> WatchAsync(string path, TimeSpan time)
    {
        using TcpClient stream = await AskAsync("/live", "keep-alive");
        byte[] buffer = new byte[ReadOctets];
        long started = Stopwatch.GetTimestamp();
        int pages = 0;
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            int read = await stream.GetStream().ReadAsync(buffer);
            if (read == 0)
            {
                throw new InvalidOperationException("The heartbeat ended.");
            }

            if (buffer.AsSpan(0, read).IndexOf("data:"u8) >= 0)
            {
                await GetAsync(path, "X-Live: 1\r\n");
                pages++;
            }
        }

        return pages;
    }

    [GeneratedRegex(@"/assets/[^""]+")]
    private static partial Regex Assets();

    private async Task<byte[]> GetAsync(string path, string headers)
    {
        using TcpClient connection = await AskAsync(path, "close", headers);
        using MemoryStream answer = new();
        await connection.GetStream().CopyToAsync(answer);
        byte[] octets = answer.ToArray();
        return octets.AsSpan().StartsWith("HTTP/1.1 200"u8)
            ? octets
            : throw new InvalidOperationException($"{path}: {Encoding.ASCII.GetString(octets)}");
    }

    private async Task<TcpClient> AskAsync(string path, string connection, string headers = "")
    {
        TcpClient client = new() { NoDelay = true };
        await client.ConnectAsync(site);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {site}\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n"
            + $"Connection: {connection}\r\n{headers}\r\n"));
        return client;
    }
}
