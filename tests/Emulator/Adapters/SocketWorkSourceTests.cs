using System.Net;
using System.Net.Sockets;
using System.Text;
using MicroFirmware.Emulator.Adapters;
using MicroFirmware.Mining;

namespace MicroFirmware.Emulator.Tests.Adapters;

public sealed class SocketWorkSourceTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);
    private static readonly byte[] s_request = "GET /v1/work HTTP/1.1\r\n\r\n"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SemaphoreSlim _changes = new(0);
    private readonly SocketWorkSource _source;
    private readonly GatewayAddress _gateway;

    public SocketWorkSourceTests()
    {
        _listener.Start();
        _source = new SocketWorkSource(() => _changes.Release());
        _gateway = new GatewayAddress("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, 1883, false);
    }

    public void Dispose()
    {
        _source.Dispose();
        _listener.Dispose();
        _changes.Dispose();
    }

    [Fact]
    public async Task Exchange_carries_request_and_answer()
    {
        _source.Begin(_gateway, s_request);
        using Socket server = await _listener.AcceptSocketAsync().WaitAsync(s_deadline);
        Assert.Equal(s_request, await ReceiveAsync(server, s_request.Length));
        await server.SendAsync("HTTP/1.1 200 OK\r\n\r\nbody"u8.ToArray());
        server.Close();

        (string answer, TransferStatus end) = await CollectAsync();

        Assert.Equal("HTTP/1.1 200 OK\r\n\r\nbody", answer);
        Assert.Equal(TransferStatus.Closed, end);
    }

    [Fact]
    public async Task Gateway_that_is_not_there_fails()
    {
        _listener.Stop();
        _source.Begin(_gateway, s_request);

        Assert.Equal(("", TransferStatus.Failed), await CollectAsync());
    }

    [Fact]
    public async Task Gateway_that_floods_fails_within_bounds()
    {
        _source.Begin(_gateway, s_request);
        using Socket server = await _listener.AcceptSocketAsync().WaitAsync(s_deadline);
        await server.SendAsync(new byte[5000]);

        Assert.True(await _changes.WaitAsync(s_deadline));
        TransferStatus end;
        byte[] buffer = new byte[0];
        while ((end = _source.Poll(buffer, out _)) == TransferStatus.Waiting)
        {
            Assert.True(await _changes.WaitAsync(s_deadline));
        }

        Assert.Equal(TransferStatus.Failed, end);
    }

    [Fact]
    public void Gateway_over_tls_is_refused_rather_than_spoken_to_in_plain_text()
    {
        _source.Begin(new GatewayAddress("127.0.0.1", _gateway.HttpPort, 1883, true), s_request);

        Assert.Equal(TransferStatus.Failed, _source.Poll(new byte[1], out _));
        Assert.False(_listener.Pending());
    }

    [Fact]
    public async Task Beginning_again_drops_the_exchange_before()
    {
        _source.Begin(_gateway, s_request);
        using Socket first = await _listener.AcceptSocketAsync().WaitAsync(s_deadline);
        _source.Begin(_gateway, s_request);
        using Socket second = await _listener.AcceptSocketAsync().WaitAsync(s_deadline);
        await ReceiveAsync(second, s_request.Length);
        await second.SendAsync("new"u8.ToArray());
        second.Close();

        Assert.Equal(("new", TransferStatus.Closed), await CollectAsync());
    }

    private static async Task<byte[]> ReceiveAsync(Socket socket, int count)
    {
        byte[] received = new byte[count];
        for (int at = 0; at < count;)
        {
            ValueTask<int> receiving = socket.ReceiveAsync(received.AsMemory(at));
            at += await receiving.AsTask().WaitAsync(s_deadline);
        }

        return received;
    }

    /// <summary>
    /// Polls as a board does, through a buffer smaller than the answer, whenever there is something new.
    /// </summary>
    private async Task<(string Answer, TransferStatus End)> CollectAsync()
    {
        byte[] buffer = new byte[5];
        var answer = new StringBuilder();
        while (true)
        {
            TransferStatus status = _source.Poll(buffer, out int count);
            if (status == TransferStatus.Waiting)
            {
                Assert.True(await _changes.WaitAsync(s_deadline), "nothing happened");
            }
            else if (status != TransferStatus.Received)
            {
                return (answer.ToString(), status);
            }

            answer.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
    }
}
