using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text.Json;
using MicroFirmware.Bitcoin;
using MicroFirmware.Bitcoin.Stratum;

namespace MicroFirmware.Emulator.Miners;

/// <summary>
/// A virtual Stratum v1 miner on one connection: subscribes, authorises, hashes on this machine's processor and submits
/// what is good enough. When the connection ends it comes back, a little later each time. Not here: TLS, and
/// client.reconnect, which it ignores.
/// </summary>
public sealed class StratumMiner
{
    private const int FirstSubmitId = 16;
    private const int SubscribeId = 1;
    private const int AuthorizeId = 2;
    private const int ConfigureId = 3;
    private const int SuggestId = 4;
    private const int HashesPerSlice = 4_096;
    private const string Agent = "micro-miner/1";

    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);

    private readonly MinerSettings _settings;
    private readonly TimeProvider _time;
    private readonly Lock _sync = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private MinerFigures _figures = new(false, 0, 0, 0, 0, 0, "");
    private byte[] _extranonce1 = [];
    private int _extranonce2Size;
    private uint _mask;
    private MinerWork? _work;
    private int _lastId;

    /// <summary>Prepares; <see cref="RunAsync"/> mines.</summary>
    /// <param name="settings">Where, and how.</param>
    /// <param name="time">The clock of pauses and of the hash rate.</param>
    public StratumMiner(MinerSettings settings, TimeProvider time) => (_settings, _time) = (settings, time);

    /// <summary>Told of every answer to a share, with the server's reason where it refused. On the miner's thread.
    /// </summary>
    public event Action<StratumError?>? Answered;

    /// <summary>What it has done so far.</summary>
    public MinerFigures Figures
    {
        get
        {
            lock (_sync)
            {
                return _figures;
            }
        }
    }

    /// <summary>Mines until it is cancelled. Failures are in <see cref="Figures"/>, not thrown.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        TimeSpan pause = s_firstPause;
        while (!stop.IsCancellationRequested)
        {
            int jobs = Figures.Jobs;
            try
            {
                await ServeAsync(stop);
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                Change(f => f with { LastError = e.Message });
            }
            catch (OperationCanceledException)
            {
                // The end of this connection, or of all.
            }

            Change(f => f with { Connected = false });
            pause = Figures.Jobs > jobs ? s_firstPause : pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
            await Task.Delay(pause, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(CancellationToken stop)
    {
        using TcpClient tcp = new() { NoDelay = true };
        await tcp.ConnectAsync(_settings.Host, _settings.Port, stop);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        (_work, _mask, _lastId) = (null, 0, FirstSubmitId);
        NetworkStream stream = tcp.GetStream();
        await GreetAsync(stream, end.Token);
        Task mining = Task.Run(() => MineAsync(stream, end.Token), CancellationToken.None);
        try
        {
            await ReadAsync(stream, end.Token);
        }
        finally
        {
            await end.CancelAsync();
            await mining.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task GreetAsync(Stream stream, CancellationToken stop)
    {
        if (_settings.RollsVersions)
        {
            await SendAsync(stream, new StratumRequest.Configure(
                new StratumId(ConfigureId), ["version-rolling"], BlockHeader.RollingMask, 2, null), stop);
        }

        await SendAsync(stream, new StratumRequest.Subscribe(new StratumId(SubscribeId), Agent, null), stop);
        if (_settings.SuggestedDifficulty is { } difficulty)
        {
            await SendAsync(
                stream, new StratumRequest.SuggestDifficulty(new StratumId(SuggestId), difficulty), stop);
        }

        await SendAsync(stream, new StratumRequest.Authorize(
            new StratumId(AuthorizeId), _settings.User, _settings.Password), stop);
    }

    private async Task SendAsync(Stream stream, StratumRequest request, CancellationToken stop)
    {
        // Greeting and mining never write at once: mining has nothing before the greeting is answered.
        _line.ResetWrittenCount();
        StratumWriter.Request(_line, request);
        await stream.WriteAsync(_line.WrittenMemory, stop);
    }

    private async Task ReadAsync(Stream stream, CancellationToken stop)
    {
        PipeReader reader = PipeReader.Create(stream);
        while (true)
        {
            ReadResult result = await reader.ReadAsync(stop);
            ReadOnlySequence<byte> buffer = result.Buffer;
            ParseStatus status;
            while ((status = StratumLine.TryTake(
                ref buffer, StratumLine.MaxMessage, out ReadOnlySequence<byte> line)) == ParseStatus.Done)
            {
                if (StratumMessageReader.TryRead(line.ToArray(), out StratumMessage? message, out _))
                {
                    Take(message!);
                }
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (status == ParseStatus.Invalid || result.IsCompleted)
            {
                throw new IOException("The server closed the connection.");
            }
        }
    }

    private void Take(StratumMessage message)
    {
        switch (message)
        {
            case StratumMessage.Response response:
                Take(response);
                break;
            case StratumMessage.SetDifficulty set:
                Change(f => f with { Difficulty = set.Difficulty });
                break;
            case StratumMessage.SetVersionMask set:
                _mask = _settings.RollsVersions ? set.Mask : 0;
                break;
            case StratumMessage.SetExtranonce set:
                (_extranonce1, _extranonce2Size) = (set.Extranonce1, set.Extranonce2Size);
                break;
            case StratumMessage.Notify notify when _extranonce1.Length > 0 && Figures.Difficulty > 0:
                Volatile.Write(ref _work, new MinerWork(
                    notify, _extranonce1, _extranonce2Size, Figures.Difficulty, _mask));
                Change(f => f with { Connected = true, Jobs = f.Jobs + 1 });
                break;
        }
    }

    private void Take(StratumMessage.Response response)
    {
        switch (response.Id.Number)
        {
            case SubscribeId when response.Good && response.Result is { ValueKind: JsonValueKind.Array } result
                && result.GetArrayLength() >= 3:
                _extranonce1 = Convert.FromHexString(result[1].GetString() ?? "");
                _extranonce2Size = result[2].GetInt32();
                break;
            case ConfigureId when response.Good
                && response.Result.TryGetProperty("version-rolling.mask", out JsonElement mask):
                _mask = Convert.ToUInt32(mask.GetString(), 16);
                break;
            case SuggestId:
                break;
            case < FirstSubmitId when !response.Good:
                throw new IOException($"The server says: {response.Error?.Message}");
            case >= FirstSubmitId:
                Change(f => response.Good
                    ? f with { Accepted = f.Accepted + 1 }
                    : f with { Rejected = f.Rejected + 1, LastError = response.Error?.Message ?? "" });
                Answered?.Invoke(response.Error);
                break;
        }
    }

    private async Task MineAsync(Stream stream, CancellationToken stop)
    {
        long started = _time.GetTimestamp();
        double due = 0;
        while (!stop.IsCancellationRequested)
        {
            if (Volatile.Read(ref _work) is not { } work)
            {
                await Task.Delay(s_firstPause / 10, _time, stop);
                continue;
            }

            int slice = (int)Math.Clamp(_settings.HashesPerSecond / 20 ?? HashesPerSlice, 1, HashesPerSlice);
            int done = work.Scan(slice, out MinerWork.Found? share);
            Change(f => f with { Hashes = f.Hashes + done });
            if (share is not null)
            {
                await SendAsync(stream, new StratumRequest.Submit(new StratumId(_lastId++), _settings.User,
                    share.JobId, share.Extranonce2, share.NTime, share.Nonce, share.VersionBits), stop);
            }

            due += done / (_settings.HashesPerSecond ?? double.PositiveInfinity);
            double ahead = due - _time.GetElapsedTime(started).TotalSeconds;
            if (ahead > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(ahead), _time, stop);
            }
        }
    }

    private void Change(Func<MinerFigures, MinerFigures> change)
    {
        lock (_sync)
        {
            _figures = change(_figures);
        }
    }
}
