using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>Calls one node's JSON-RPC. Parameters are positional: every node takes those.</summary>
internal sealed class NodeClient : IDisposable
{
    /// <summary>Octets of the largest answer: a template with 32 MB of transactions, in hexadecimal digits.</summary>
    private const long MaxAnswer = 80_000_000;

    private readonly NodeOptions _options;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    /// <summary>Prepares calls; connects with the first one.</summary>
    /// <param name="options">Where to.</param>
    /// <param name="handler">What carries requests; disposed with this.</param>
    /// <param name="time">Says when answers arrive.</param>
    public NodeClient(NodeOptions options, HttpMessageHandler handler, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The node, for messages.</summary>
    public string Name => _options.Url.GetComponents(UriComponents.SchemeAndServer, UriFormat.Unescaped);

    /// <summary>How long an answer may take.</summary>
    public TimeSpan AnswerTimeout => _options.Timeout;

    /// <summary>Calls a method. Failures are answers, not exceptions.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<NodeAnswer> CallAsync(string method, JsonArray parameters, CancellationToken cancel)
    {
        JsonObject call = new()
        {
            ["jsonrpc"] = "1.0",
            ["id"] = "micro",
            ["method"] = method,
            ["params"] = parameters,
        };
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, _options.Url)
            {
                Content = new StringContent(call.ToJsonString(), Encoding.UTF8, "application/json"),
            };
            request.Headers.Authorization = await LoginAsync(cancel);
            using HttpResponseMessage response =
                await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            long arrived = _time.GetTimestamp();
            await response.Content.LoadIntoBufferAsync(MaxAnswer, cancel);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancel);
            return response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                ? NodeAnswer.Failed($"{Name} refuses the login: check user and password, or the cookie file.")
                : Read(body) with { Arrived = arrived };
        }
        catch (HttpRequestException e)
        {
            return NodeAnswer.Failed($"{Name} cannot be reached: {e.Message} Is the node running, with its RPC on?");
        }
        catch (IOException e)
        {
            return NodeAnswer.Failed($"The cookie file cannot be read: {e.Message} Is the node running?");
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _http.Dispose();

    private async Task<AuthenticationHeaderValue> LoginAsync(CancellationToken cancel)
    {
        // The node writes a new cookie at each of its starts, so it is read for each call.
        string login = _options.CookieFile is { } file
            ? (await File.ReadAllTextAsync(file, cancel)).Trim()
            : $"{_options.User}:{_options.Password}";
        return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));
    }

    private NodeAnswer Read(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            JsonElement answer = document.RootElement;
            if (answer.ValueKind != JsonValueKind.Object)
            {
                return NodeAnswer.Failed($"{Name} does not answer like a node: is the URL right?");
            }

            if (answer.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.Object)
            {
                string text = error.TryGetProperty("message", out JsonElement message) ? message.ToString() : "";
                return NodeAnswer.Failed($"{Name} says: {text}");
            }

            if (!answer.TryGetProperty("result", out JsonElement result))
            {
                return NodeAnswer.Failed($"{Name} gives no result.");
            }

            // A text that cannot be read is better found out here than by whoever asks for it.
            _ = result.ValueKind == JsonValueKind.String ? result.GetString() : null;
            return new NodeAnswer(result.Clone(), null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return NodeAnswer.Failed($"{Name} does not answer in JSON: is the URL right?");
        }
    }
}
