using System.Net;
using System.Net.Http.Json;

namespace MicroFirmware.Gateway.Tests.Access;

/// <summary>A browser at the API: it keeps cookies, and says which page a request comes from.</summary>
internal sealed class Browser : IDisposable
{
    public const string Password = "four words are good";

    private readonly HttpClient _http;

    public Browser(IPEndPoint gateway)
    {
        Gateway = new Uri($"http://{gateway}");
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies })
        {
            BaseAddress = Gateway,
        };
    }

    public Uri Gateway { get; }

    public CookieContainer Cookies { get; } = new();

    /// <summary>Header fields that say where a request comes from.</summary>
    public Dictionary<string, string> From { get; } = new() { ["Sec-Fetch-Site"] = "same-origin" };

    /// <summary>The secret of its session; empty for none.</summary>
    public string Secret
    {
        get => Cookies.GetCookies(Gateway)["micro-session"]?.Value ?? "";
        set => Cookies.Add(Gateway, new Cookie("micro-session", value));
    }

    /// <summary>Sends a request with a JSON body.</summary>
    public async Task<HttpResponseMessage> SendAsync(string method, string path, object? body = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        request.Content = body is null ? null : JsonContent.Create(body);
        foreach ((string name, string value) in From)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async Task<HttpStatusCode> StatusOf(string method, string path, object? body = null)
    {
        using HttpResponseMessage answer = await SendAsync(method, path, body);
        return answer.StatusCode;
    }

    public Task<HttpStatusCode> SignInAsync(string name, string password = Password) =>
        StatusOf("POST", "/v1/session", new { name, password });

    public Task<HttpStatusCode> WelcomeAsync(string path, string name, string password = Password) =>
        StatusOf("POST", "/v1/welcome", new { code = path.Split('/')[^1], name, password });

    public Task<HttpStatusCode> LookAsync() => StatusOf("GET", "/v1/stats");

    public void Dispose() => _http.Dispose();
}
