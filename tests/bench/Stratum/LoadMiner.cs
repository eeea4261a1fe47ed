using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace MicroFirmware.Bench.Stratum;

/// <summary>
/// A Stratum miner of the load generator: a real connection, whose shares were written before the clock started. Every
/// hash is a share here, so nothing is mined. It costs as little as it can, because it runs on the same two cores.
/// </summary>
internal sealed class LoadMiner : IDisposable
{
    /// <summary>Shares under one extranonce2: a small miner keeps its own for as long as there are nonces.</summary>
    private const int SharesPerExtranonce2 = 64;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _received = new byte[8 * 1024];
    private byte[] _lines = [];
    private int[] _ends = [];
    private int _have;
    private int _sent;
    private int _answered;
    private int _extranonce2Size;
    private string _job = "";
    private string _ntime = "";

    /// <summary>Shares that were accepted.</summary>
    public int Accepted { get; private set; }

    /// <summary>Told when a job has come, with the moment, after <see cref="ListenAsync"/>.</summary>
    public Action<LoadMiner>? OnJob { get; set; }

    private int Total => _ends.Length;

    /// <summary>Connects, subscribes, authorises and waits for the first job.</summary>
    public static async Task<LoadMiner> ConnectAsync(int port, int number)
    {
        LoadMiner miner = new();
        await miner._socket.ConnectAsync("127.0.0.1", port);
        await miner._socket.SendAsync(Encoding.ASCII.GetBytes(
            """{"id":1,"method":"mining.subscribe","params":["bench"]}""" + "\n"
            + $$"""{"id":2,"method":"mining.authorize","params":["{{User(number)}}","x"]}""" + "\n"));
        while (miner._job.Length == 0)
        {
            await miner.ReceiveAsync(miner.Read);
        }

        return miner;
    }

    /// <summary>Writes its shares, all different.</summary>
    public void Prepare(int number, int shares)
    {
        _ends = new int[shares];
        ArrayBufferWriter<byte> lines = new(shares * 160);
        for (int i = 0; i < shares; i++)
        {
            string extranonce2 = (i / SharesPerExtranonce2).ToString(
                "x" + (2 * _extranonce2Size).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            string line = $$"""{"id":{{i + 3}},"method":"mining.submit","params":["{{User(number)}}","{{_job}}","""
                + $"\"{extranonce2}\",\"{_ntime}\",\"{i:x8}\"]}}\n";
            lines.Write(Encoding.ASCII.GetBytes(line));
            _ends[i] = lines.WrittenCount;
        }

        _lines = lines.WrittenSpan.ToArray();
    }

    /// <summary>Sends all shares, so many in flight, and ends when the last is answered.</summary>
    public async Task FloodAsync(int inFlight)
    {
        await SendAsync(Math.Min(inFlight, Total));
        while (_answered < Total)
        {
            int before = _answered;
            await ReceiveAsync(Count);
            await SendAsync(Math.Min(_answered - before, Total - _sent));
        }
    }

    /// <summary>Reads on until the gateway closes the connection.</summary>
    public async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                await ReceiveAsync(Read);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    public void Dispose() => _socket.Dispose();

    private static string User(int number) => $"bench.{number}";

    private async ValueTask SendAsync(int shares)
    {
        if (shares > 0)
        {
            int start = _sent == 0 ? 0 : _ends[_sent - 1];
            _sent += shares;
            await _socket.SendAsync(_lines.AsMemory(start, _ends[_sent - 1] - start));
        }
    }

    private async ValueTask ReceiveAsync(Action<ReadOnlySpan<byte>> take)
    {
        int got = await _socket.ReceiveAsync(_received.AsMemory(_have));
        _have += got > 0 ? got : throw new IOException("The gateway closed the connection.");
        int at = 0;
        int length;
        while ((length = _received.AsSpan(at, _have - at).IndexOf((byte)'\n')) >= 0)
        {
            take(_received.AsSpan(at, length));
            at += length + 1;
        }

        _received.AsSpan(at, _have - at).CopyTo(_received);
        _have -= at;
    }

    /// <summary>Answers have a number as id; one that grants ends in <c>null}</c>, one that refuses in <c>null]}</c>.
    /// </summary>
    private void Count(ReadOnlySpan<byte> line)
    {
        if (char.IsAsciiDigit((char)line[6]))
        {
            _answered++;
            Accepted += line[^2] == (byte)'l' ? 1 : 0;
        }
    }

    private void Read(ReadOnlySpan<byte> line)
    {
        if (OnJob is { } told)
        {
            if (line.IndexOf("mining.notify"u8) >= 0)
            {
                told(this);
            }

            return;
        }

        using JsonDocument document = JsonDocument.Parse(line.ToArray());
        JsonElement message = document.RootElement;
        if (message.TryGetProperty("result", out JsonElement result) && result.ValueKind == JsonValueKind.Array)
        {
            _extranonce2Size = result[2].GetInt32();
        }
        else if (message.TryGetProperty("method", out JsonElement method) && method.GetString() == "mining.notify")
        {
            JsonElement parameters = message.GetProperty("params");
            (_job, _ntime) = (parameters[0].GetString()!, parameters[7].GetString()!);
        }
    }
}
