using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MicroFirmware.Bench.Paywall;

/// <summary>
/// Reads one page over and over on one connection of HTTP/1.1, some requests under way at a time. Every answer must be
/// 200 and as long as the first.
/// </summary>
internal sealed class PageReader : IDisposable
{
    private const int InFlight = 16;

    private static readonly byte[] s_good = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n");

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly byte[] _one;
    private readonly byte[] _many;
    private int _answerLength;

    public PageReader(string path, string authorization)
    {
        _one = Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {authorization}\r\n\r\n");
        _many = [.. Enumerable.Repeat(_one, InFlight).SelectMany(octets => octets)];
    }

    /// <summary>Connects and reads the page once, to know how long an answer is.</summary>
    public async Task ConnectAsync(IPEndPoint server)
    {
        await _socket.ConnectAsync(server);
        await _socket.SendAsync(_one);
        int length = 0;
        int end;
        do
        {
            length += await ReceiveAsync(length);
            end = _buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
        }
        while (end < 0);

        string head = Encoding.ASCII.GetString(_buffer, 0, end);
        string size = head.Split("Content-Length: ")[1].Split("\r\n")[0];
        _answerLength = end + 4 + int.Parse(size, System.Globalization.CultureInfo.InvariantCulture);
        while (length < _answerLength)
        {
            length += await ReceiveAsync(length);
        }

        Check(length);
    }

    /// <summary>Reads the page until told to stop.</summary>
    /// <returns>How often.</returns>
    public async Task<long> ReadAsync(CancellationToken stop)
    {
        long pages = 0;
        while (!stop.IsCancellationRequested)
        {
            await _socket.SendAsync(_many);
            for (int answers = 0, length = 0; answers < InFlight;)
            {
                length += await ReceiveAsync(length);
                int whole = length / _answerLength * _answerLength;
                Check(whole);
                answers += whole / _answerLength;
                _buffer.AsSpan(whole, length - whole).CopyTo(_buffer);
                length -= whole;
            }

            pages += InFlight;
        }

        return pages;
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<int> ReceiveAsync(int from)
    {
        int count = await _socket.ReceiveAsync(_buffer.AsMemory(from));
        return count > 0 ? count : throw new InvalidOperationException("the server closed the connection");
    }

    private void Check(int length)
    {
        for (int at = 0; at < length; at += _answerLength)
        {
            if (!_buffer.AsSpan(at).StartsWith(s_good))
            {
                throw new InvalidOperationException($"not a page: {Encoding.ASCII.GetString(_buffer, at, 200)}");
            }
        }
    }
}
