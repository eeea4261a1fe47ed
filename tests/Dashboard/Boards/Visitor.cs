using System.Net;
using System.Text.RegularExpressions;

namespace MicroFirmware.Dashboard.Tests.Boards;

/// <summary>A reader with a browser without script: keeps cookies, reads forms and sends them.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly HttpClient _browser;

    public Visitor(Site site)
    {
        _browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = site.Browser.BaseAddress,
        };
        foreach ((string name, IEnumerable<string> values) in site.Browser.DefaultRequestHeaders)
        {
            _browser.DefaultRequestHeaders.TryAddWithoutValidation(name, values);
        }
    }

    public async Task<string> ReadAsync(string path)
    {
        using HttpResponseMessage answer = await _browser.GetAsync(path);
        string page = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}\n{page}");
        return page;
    }

    /// <summary>Sends one of a page's forms.</summary>
    /// <param name="path">The page.</param>
    /// <param name="form">The form's name.</param>
    /// <param name="fields">What was typed.</param>
    /// <returns>Where the answer leads; null where it stays on the page.</returns>
    public async Task<(string? To, string Page)> SendAsync(
        string path, string form, params (string Name, string Value)[] fields)
    {
        string page = await ReadAsync(path);
        Assert.Contains($"name=\"_handler\" value=\"{form}\"", page);
        string token = Regex.Match(page, @"name=""__RequestVerificationToken"" value=""([^""]+)""").Groups[1].Value;
        using FormUrlEncodedContent content = new(
        [
            .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
            KeyValuePair.Create("_handler", form),
            KeyValuePair.Create("__RequestVerificationToken", token),
        ]);
        using HttpResponseMessage answer = await _browser.PostAsync(path, content);
        string after = await answer.Content.ReadAsStringAsync();
        Assert.True(
            answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Found or HttpStatusCode.SeeOther,
            $"{path} {form}: {answer.StatusCode}\n{after}");
        string? to = answer.Headers.Location?.OriginalString;
        return (to is not null && Uri.TryCreate(to, UriKind.Absolute, out Uri? url) ? url.PathAndQuery : to, after);
    }

    public void Dispose() => _browser.Dispose();
}
