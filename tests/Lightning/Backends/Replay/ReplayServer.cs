using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace MicroFirmware.Lightning.Tests.Backends.Replay;

/// <summary>
/// A node's stand-in: an HTTP/1.1 server on loopback that expects the exchanges of a case in their order, answers as
/// they say, and closes. What came differently is in <see cref="Problems"/>.
/// </summary>
internal sealed class ReplayServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<Exchange> _expected;
    private readonly X509Certificate2? _certificate;
    private readonly Task _serving;

    public ReplayServer(IEnumerable<Exchange> exchanges, X509Certificate2? certificate = null)
    {
        (_expected, _certificate) = (new Queue<Exchange>(exchanges), certificate);
        _listener.Start();
        string scheme = certificate is null ? "http" : "https";
        Url = new Uri($"{scheme}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    public List<string> Problems { get; } = [];

    /// <summary>Requests that never came.</summary>
    public int Left => _expected.Count;

    /// <summary>Cancelled when a request came that is never answered: nobody needs to wait for a time-out.</summary>
    public CancellationTokenSource Hung { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
        Hung.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using Stream stream = await SecureAsync(client.GetStream());
                await AnswerAsync(stream, await ReadAsync(stream));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException
                or System.Security.Authentication.AuthenticationException)
            {
                // The client went away, or was told to by a test.
            }
        }
    }

    private async Task<Stream> SecureAsync(Stream stream)
    {
        if (_certificate is null)
        {
            return stream;
        }

        SslStream tls = new(stream);
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return tls;
    }

    private async Task<string[]> ReadAsync(Stream stream)
    {
        List<byte> octets = [];
        byte[] one = new byte[1];
        while (!octets[Math.Max(0, octets.Count - 4)..].SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            await stream.ReadExactlyAsync(one, _stop.Token);
            octets.Add(one[0]);
        }

        string[] head = Encoding.ASCII.GetString([.. octets]).TrimEnd().Split("\r\n");
        string? length = head.FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal));
        byte[] body = new byte[length is null ? 0 : int.Parse(length["Content-Length: ".Length..])];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return [.. head, Encoding.UTF8.GetString(body)];
    }

    private async Task AnswerAsync(Stream stream, string[] request)
    {
        if (!_expected.TryDequeue(out Exchange? exchange))
        {
            Problems.Add($"nobody expected {request[0]}");
            return;
        }

        Compare(exchange, request);
        string body = string.Join('\n', exchange.Answer.Skip(1));
        string[] words = exchange.Answer[0].Split(' ');
        switch (words)
        {
            case ["drop"]:
                return;
            case ["hang"]:
                await Hung.CancelAsync();
                return;
            case ["cut", _]:
                await WriteAsync(stream, words[1], $"Content-Length: {2 * body.Length}\r\n", body);
                return;
            case [_, "open"]:
                await WriteAsync(stream, words[0], "", body + "\n");
                await stream.CopyToAsync(Stream.Null, _stop.Token);
                return;
            default:
                await WriteAsync(
                    stream, words[0], $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n", body);
                return;
        }
    }

    private void Compare(Exchange exchange, string[] request)
    {
        string[] line = request[0].Split(' ');
        if ($"{line[0]} {line[1]}" != exchange.Request[0])
        {
            Problems.Add($"{request[0]} instead of {exchange.Request[0]}");
        }

        foreach (string expected in exchange.Request.Skip(1))
        {
            bool isJson = expected.StartsWith('{');
            bool good = isJson
                ? JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(request[^1]))
                : request.Contains(expected);
            if (!good)
            {
                Problems.Add($"{request[^1]} instead of {expected}");
            }
        }
    }

    private async Task WriteAsync(Stream stream, string status, string headers, string body)
    {
        string head = $"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\n{headers}Connection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head + body), _stop.Token);
        await stream.FlushAsync(_stop.Token);
    }
}
