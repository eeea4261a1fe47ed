using System.Net;
using System.Text;

namespace MicroFirmware.Lightning.Tests.Backends.Replay;

/// <summary>Answers without a network: a path in, a status and a body out.</summary>
internal sealed class CannedHandler(Func<string, (int Status, string Body)> answer) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        (int status, string body) = answer(request.RequestUri!.AbsolutePath);
        return Task.FromResult(new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        });
    }
}
