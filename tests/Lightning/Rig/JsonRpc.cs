using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MicroFirmware.Lightning.Tests.Rig;

/// <summary>JSON-RPC over HTTP with a password, as bcoin and Electrum take it.</summary>
internal sealed class JsonRpc : IDisposable
{
    private readonly HttpClient _http;

    public JsonRpc(int port, string user, string password)
    {
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(2) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{user}:{password}")));
    }

    public Uri Address => _http.BaseAddress!;

    public Task<JsonElement> CallAsync(string method, params JsonNode[] parameters) =>
        SendAsync(method, new JsonArray(parameters));

    public async Task<JsonElement> SendAsync(string method, JsonNode parameters)
    {
        JsonObject request = new()
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = method,
            ["params"] = parameters,
        };
        using StringContent content = new(request.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _http.PostAsync("/", content);
        JsonElement root = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return root.TryGetProperty("error", out JsonElement error) && error.ValueKind != JsonValueKind.Null
            ? throw new InvalidOperationException($"{method}: {error}")
            : root.GetProperty("result").Clone();
    }

    public void Dispose() => _http.Dispose();
}
