using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Tests.Stratum;

/// <summary>A miner as its wire sees it: lines go out as they are given, and what comes is JSON. It reads jobs with
/// code of its own, not with the gateway's.</summary>
internal sealed class LineMiner : IAsyncDisposable
{
    private readonly TcpClient _tcp = new() { NoDelay = true };
    private StreamReader _reader = null!;
    private Stream _stream = null!;

    public string Extranonce1 { get; private set; } = "";

    public int Extranonce2Size { get; private set; }

    /// <summary>The last difficulty, digit by digit.</summary>
    public string Difficulty { get; private set; } = "";

    /// <summary>The parameters of the last notify.</summary>
    public JsonElement Job { get; private set; }

    /// <summary>Every method that came without being asked for, in order.</summary>
    public List<string> Methods { get; } = [];

    public int LongestLine { get; private set; }

    public static async Task<LineMiner> ConnectAsync(IPEndPoint server, Func<Stream, Task<Stream>>? wrap = null)
    {
        LineMiner miner = new();
        await miner._tcp.ConnectAsync(server);
        miner._stream = wrap is null ? miner._tcp.GetStream() : await wrap(miner._tcp.GetStream());
        miner._reader = new StreamReader(miner._stream, Encoding.UTF8);
        return miner;
    }

    /// <summary>A miner that has its first job.</summary>
    public static async Task<LineMiner> StartAsync(IPEndPoint server, string user = "account.worker")
    {
        LineMiner miner = await ConnectAsync(server);
        await miner.CallAsync(1, "mining.subscribe", "\"test/1\"");
        await miner.CallAsync(2, "mining.authorize", $"\"{user}\",\"x\"");
        await miner.UntilJobAsync();
        return miner;
    }

    public Task SendAsync(string text) => _stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    /// <summary>Sends a request and reads until its answer.</summary>
    public async Task<JsonElement> CallAsync(int id, string method, string parameters)
    {
        await SendAsync($$"""{"id":{{id}},"method":"{{method}}","params":[{{parameters}}]}""" + "\n");
        return await AnswerAsync(id);
    }

    public async Task<JsonElement> AnswerAsync(int id)
    {
        while (true)
        {
            JsonElement message = await NextAsync() ?? throw new IOException("The gateway closed the connection.");
            if (message.TryGetProperty("id", out JsonElement member) && member.ValueKind == JsonValueKind.Number
                && member.GetInt32() == id)
            {
                return message;
            }
        }
    }

    /// <summary>Reads until a notify has come that was not there when this was called.</summary>
    public Task UntilJobAsync() => UntilAsync("mining.notify");

    public async Task UntilAsync(string method)
    {
        while (await NextAsync() is { } message)
        {
            if (message.TryGetProperty("method", out JsonElement name) && name.GetString() == method)
            {
                return;
            }
        }

        throw new IOException("The gateway closed the connection.");
    }

    /// <summary>The next message; null where the gateway closed the connection.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        string? line;
        try
        {
            line = await _reader.ReadLineAsync();
        }
        catch (IOException)
        {
            return null;
        }

        if (line is null)
        {
            return null;
        }

        LongestLine = Math.Max(LongestLine, line.Length);
        JsonElement message = JsonDocument.Parse(line).RootElement;
        Note(message);
        return message;
    }

    /// <summary>Whether a server closes a connection unheard, be it before the client knows that it is made.</summary>
    public static async Task<bool> IsTurnedAwayAsync(IPEndPoint server)
    {
        try
        {
            await using LineMiner miner = await ConnectAsync(server);
            return await miner.IsClosedAsync();
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }

    /// <summary>Whether the gateway ends the connection, whatever it says before.</summary>
    public async Task<bool> IsClosedAsync()
    {
        while (await NextAsync() is not null)
        {
        }

        return true;
    }

    /// <summary>Finds a nonce for the job as it stands.</summary>
    public (string ExtraNonce2, uint NTime, uint Nonce) Mine(uint from = 0, string? extranonce2 = null, uint roll = 0)
    {
        string chosen = extranonce2 ?? new string('0', 2 * Extranonce2Size);
        uint ntime = Number(7) + roll;
        BlockHeader header = Header(chosen, ntime, from);
        UInt256 target = Target.FromDifficulty(double.Parse(Difficulty, CultureInfo.InvariantCulture));
        while (header.Hash().Number > target)
        {
            header = header with { Nonce = header.Nonce + 1 };
        }

        return (chosen, ntime, header.Nonce);
    }

    public BlockHeader Header(string extranonce2, uint ntime, uint nonce, uint? version = null)
    {
        byte[] coinbase = Convert.FromHexString(
            Job[2].GetString() + Extranonce1 + extranonce2 + Job[3].GetString());
        Hash256 root = Sha256d.Hash(coinbase);
        foreach (JsonElement side in Job[4].EnumerateArray())
        {
            root = Sha256d.HashPair(root, new Hash256(Convert.FromHexString(side.GetString()!)));
        }

        byte[] previous = Convert.FromHexString(Job[1].GetString()!);
        for (int i = 0; i < previous.Length; i += 4)
        {
            Array.Reverse(previous, i, 4);
        }

        return new BlockHeader(version ?? Number(5), new Hash256(previous), root, ntime, Number(6), nonce);
    }

    public uint Number(int parameter) => Convert.ToUInt32(Job[parameter].GetString(), 16);

    /// <summary>Submits and waits for the answer.</summary>
    public Task<JsonElement> SubmitAsync(
        (string ExtraNonce2, uint NTime, uint Nonce) share,
        int id = 9,
        string user = "account.worker",
        string? job = null,
        string? versionBits = null) =>
        CallAsync(id, "mining.submit", $"\"{user}\",\"{job ?? Job[0].GetString()}\",\"{share.ExtraNonce2}\","
            + $"\"{share.NTime:x8}\",\"{share.Nonce:x8}\"" + (versionBits is null ? "" : $",\"{versionBits}\""));

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Note(JsonElement message)
    {
        if (message.TryGetProperty("result", out JsonElement result) && result.ValueKind == JsonValueKind.Array
            && result.GetArrayLength() == 3)
        {
            (Extranonce1, Extranonce2Size) = (result[1].GetString()!, result[2].GetInt32());
        }

        if (!message.TryGetProperty("method", out JsonElement method))
        {
            return;
        }

        JsonElement parameters = message.GetProperty("params");
        Methods.Add(method.GetString()!);
        switch (method.GetString())
        {
            case "mining.notify":
                Job = parameters;
                break;
            case "mining.set_difficulty":
                Difficulty = parameters[0].GetRawText();
                break;
            case "mining.set_extranonce":
                (Extranonce1, Extranonce2Size) = (parameters[0].GetString()!, parameters[1].GetInt32());
                break;
        }
    }
}
