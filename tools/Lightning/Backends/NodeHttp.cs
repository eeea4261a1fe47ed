using System.Buffers;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MicroFirmware.Lightning.Backends;

/// <summary>
/// Talks to a node's REST interface. Whatever goes wrong on the way is a reply, never an exception; no reply holds a
/// header of ours, so no secret.
/// </summary>
internal sealed class NodeHttp : IDisposable
{
    /// <summary>What a look-up may take, and a payment beyond the node's own patience: machines are busy.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private const int MaxAnswer = 4 * 1024 * 1024;

    private readonly HttpClient _http;

    /// <summary>Prepares; connects to nothing yet.</summary>
    /// <param name="url">The node's; what is asked for is below it.</param>
    /// <param name="handler">Carries the requests; disposed with this.</param>
    /// <param name="login">Adds what lets one in.</param>
    public NodeHttp(Uri url, HttpMessageHandler handler, Action<HttpRequestHeaders> login)
    {
        Url = url;
        string below = url.AbsoluteUri.EndsWith('/') ? url.AbsoluteUri : $"{url.AbsoluteUri}/";
        _http = new HttpClient(handler) { BaseAddress = new Uri(below), Timeout = Timeout.InfiniteTimeSpan };
        login(_http.DefaultRequestHeaders);
    }

    /// <summary>Where the node is.</summary>
    public Uri Url { get; }

    /// <summary>Asks for a page.</summary>
    public Task<NodeReply> GetAsync(string path, CancellationToken cancel) =>
        SendAsync(HttpMethod.Get, path, null, Margin, WholeAsync, cancel);

    /// <summary>Sends JSON.</summary>
    public Task<NodeReply> PostAsync(string path, JsonObject body, TimeSpan time, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, path, ContentOf(body), time, WholeAsync, cancel);

    /// <summary>Sends a form.</summary>
    public Task<NodeReply> PostAsync(
        string path, Dictionary<string, string> form, TimeSpan time, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(form), time, WholeAsync, cancel);

    /// <summary>Reads a stream of JSON lines.</summary>
    /// <param name="path">What is asked for.</param>
    /// <param name="body">What is sent; null for nothing, with GET.</param>
    /// <param name="isLast">Whether a line is the one that is waited for.</param>
    /// <param name="time">How long that may take.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>That line, or the last that came.</returns>
    public Task<NodeReply> FollowAsync(
        string path, JsonObject? body, Func<JsonElement, bool> isLast, TimeSpan time, CancellationToken cancel) =>
        SendAsync(body is null ? HttpMethod.Get : HttpMethod.Post, path, body is null ? null : ContentOf(body), time,
            (response, end) => LinesAsync(response, isLast, end), cancel);

    /// <summary>Closes its connections.</summary>
    public void Dispose() => _http.Dispose();

    private static StringContent ContentOf(JsonObject body) =>
        new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private async Task<NodeReply> SendAsync(HttpMethod method, string path, HttpContent? content, TimeSpan time,
        Func<HttpResponseMessage, CancellationToken, Task<NodeReply>> readAsync, CancellationToken cancel)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        either.CancelAfter(time);
        try
        {
            using HttpRequestMessage request = new(method, path) { Content = content };
            using HttpResponseMessage response =
                await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await readAsync(response, either.Token);
        }
        catch (OperationCanceledException)
        {
            return NodeReply.None($"no answer to {path} in time");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException)
        {
            return NodeReply.None($"no answer to {path}: {e.Message}");
        }
    }

    private static async Task<NodeReply> WholeAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        await response.Content.LoadIntoBufferAsync(MaxAnswer, cancel);
        byte[] octets = await response.Content.ReadAsByteArrayAsync(cancel);
        return ReplyOf(response, octets);
    }

    private static async Task<NodeReply> LinesAsync(
        HttpResponseMessage response, Func<JsonElement, bool> isLast, CancellationToken cancel)
    {
        PipeReader reader = PipeReader.Create(await response.Content.ReadAsStreamAsync(cancel));
        NodeReply last = NodeReply.None("the node's stream ended before it said anything");
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancel);
            ReadOnlySequence<byte> buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end || (read.IsCompleted && buffer.Length > 0))
            {
                SequencePosition stop = buffer.PositionOf((byte)'\n') ?? buffer.End;
                last = ReplyOf(response, buffer.Slice(0, stop).ToArray());
                if (isLast(last.Body))
                {
                    return last;
                }

                buffer = stop.Equals(buffer.End) ? buffer.Slice(stop) : buffer.Slice(buffer.GetPosition(1, stop));
            }

            if (read.IsCompleted || buffer.Length > MaxAnswer)
            {
                return last;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static NodeReply ReplyOf(HttpResponseMessage response, byte[] octets)
    {
        int status = (int)response.StatusCode;
        return NodeJson.TryParse(octets, out JsonElement body)
            ? new NodeReply(status, body, $"HTTP {status}")
            : new NodeReply(status, default, Line.Of(Encoding.UTF8.GetString(octets.AsSpan(0,
                Math.Min(octets.Length, 400)))));
    }
}
