using System.Net;
using System.Text.RegularExpressions;

namespace MicroFirmware.Dashboard.Tests;

/// <summary>
/// A browser without script: it keeps cookies, follows no redirect, sends forms as they stand in a page, and says from
/// where.
/// </summary>
internal sealed class Visitor : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Opens a browser.</summary>
    /// <param name="gateway">Whose pages.</param>
    /// <param name="token">In whose name, with every request; null for a stranger's.</param>
    public Visitor(Uri gateway, string? token = null)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies })
        {
            BaseAddress = gateway,
        };
        _http.DefaultRequestHeaders.Add("Accept", "text/html");
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        }
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>What it says of a request's sender (Fetch Metadata).</summary>
    public string Site { get; set; } = "same-origin";

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path);

    /// <summary>A page that must be there.</summary>
    public async Task<string> PageAsync(string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync(path);
        string page = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}\n{page}");
        return page;
    }

    /// <summary>Opens a page and sends one of its forms.</summary>
    /// <param name="path">The page.</param>
    /// <param name="form">The form's name.</param>
    /// <param name="fields">What is typed.</param>
    public async Task<HttpResponseMessage> SubmitAsync(
        string path, string form, params (string Name, string Value)[] fields)
    {
        using HttpResponseMessage answer = await _http.GetAsync(path);
        string page = await answer.Content.ReadAsStringAsync();
        return await PostAsync(
            path, HiddenFields(page, form).Where(hidden => fields.All(field => field.Name != hidden.Name)), fields);
    }

    /// <summary>Opens a page, sends one of its forms, and looks where that leads.</summary>
    /// <returns>The address of the next page, null where the answer stays on this one; and what was answered.</returns>
    public async Task<(string? To, string Page)> FollowAsync(
        string path, string form, params (string Name, string Value)[] fields)
    {
        using HttpResponseMessage answer = await SubmitAsync(path, form, fields);
        string page = await answer.Content.ReadAsStringAsync();
        Assert.True(
            answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Found or HttpStatusCode.SeeOther,
            $"{path} {form}: {answer.StatusCode}\n{page}");
        string? to = answer.Headers.Location?.OriginalString;
        return (to is not null && Uri.TryCreate(to, UriKind.Absolute, out Uri? url) ? url.PathAndQuery : to, page);
    }

    /// <summary>Sends fields to an address.</summary>
    public Task<HttpResponseMessage> PostAsync(
        string path, IEnumerable<(string Name, string Value)> hidden, params (string Name, string Value)[] fields)
    {
        HttpRequestMessage request = new(HttpMethod.Post, path);
        request.Headers.Add("Sec-Fetch-Site", Site);
        request.Content = new FormUrlEncodedContent(
            hidden.Concat(fields).Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return _http.SendAsync(request);
    }

    public void Dispose() => _http.Dispose();

    private static IEnumerable<(string Name, string Value)> HiddenFields(string page, string form)
    {
        string[] forms = [.. Regex.Matches(page, "<form.*?</form>", RegexOptions.Singleline).Select(m => m.Value)];
        string body = Assert.Single(forms, text => text.Contains($"name=\"_handler\" value=\"{form}\""));
        return Regex.Matches(body, "<input[^>]*type=\"hidden\"[^>]*>").Select(input =>
            (Attribute(input.Value, "name"), Attribute(input.Value, "value"))).ToArray();
    }

    private static string Attribute(string element, string name) =>
        WebUtility.HtmlDecode(Regex.Match(element, $"\\s{name}=\"([^\"]*)\"").Groups[1].Value);
}
