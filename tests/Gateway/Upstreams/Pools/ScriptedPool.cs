using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Bitcoin;
using MicroFirmware.Bitcoin.Stratum;

namespace MicroFirmware.Gateway.Tests.Upstreams.Pools;

/// <summary>
/// A small but honest Stratum pool on loopback: it hashes every share itself, knows what it was sent before, across
/// connections and restarts, and can be killed and started again on its port.
/// </summary>
internal sealed class ScriptedPool : IAsyncDisposable
{
    private const int Extranonce1Size = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Job> _jobs = [];
    private readonly ConcurrentDictionary<Guid, Miner> _miners = [];
    private readonly int _port;
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _nextJob;
    private int _nextExtranonce1;
    private byte _previous = 1;

    public ScriptedPool()
    {
        // Held from the start, so that nobody else is given the port before the pool is up.
        _listener = Listen(0);
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
    }

    /// <summary>What it asks of a share.</summary>
    public double Difficulty { get; init; } = 64.0 / Target.DifficultyOneWork;

    /// <summary>Version bits that it lets roll; 0 for a pool that knows no version rolling.</summary>
    public uint VersionMask { get; init; }

    public int Extranonce2Size { get; init; } = 4;

    /// <summary>Whether a session that is asked for by its name is given again.</summary>
    public bool Resumes { get; init; }

    /// <summary>TLS, if not null.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Called with the number of shares received; what it returns false for gets no answer.</summary>
    public Func<int, bool> Answers { get; set; } = _ => true;

    public Uri Url => new($"{(Certificate is null ? "stratum+tcp" : "stratum+ssl")}://localhost:{_port}");

    /// <summary>The hash of every share it took.</summary>
    public ConcurrentDictionary<Hash256, string> Taken { get; } = [];

    /// <summary>Why it refused shares.</summary>
    public ConcurrentQueue<string> Refused { get; } = [];

    /// <summary>Shares that it was sent more than once, by their octets.</summary>
    public ConcurrentQueue<string> SentTwice { get; } = [];

    public int Received => _received;

    public int Connections => _connections;

    private readonly ConcurrentDictionary<string, bool> _seen = [];
    private int _received;
    private int _connections;

    /// <summary>Begins to serve, again on the same port after a kill.</summary>
    public ScriptedPool Start()
    {
        if (_nextJob == 0)
        {
            NewJob();
        }

        _listener ??= Listen(_port);
        TcpListener listener = _listener;
        _accepting = Task.Run(() => AcceptAsync(listener));
        return this;
    }

    /// <summary>Ends as a killed process does: every connection is reset, the port is closed, sessions are forgotten.
    /// </summary>
    public async Task KillAsync()
    {
        _listener?.Dispose();
        _listener = null;
        await _accepting;
        foreach (Miner miner in _miners.Values)
        {
            miner.Reset();
        }

        await Task.WhenAll(_miners.Values.Select(miner => miner.Done));
        _miners.Clear();
    }

    /// <summary>Tells everybody of a new job; on a new block where it is asked for.</summary>
    public void NewJob(bool newBlock = false)
    {
        Job job;
        lock (_lock)
        {
            _previous += newBlock ? (byte)1 : (byte)0;
            job = MakeJob($"{++_nextJob:x}", newBlock);
            _jobs[job.Notify.JobId] = job;
        }

        Say(output => StratumWriter.Message(output, job.Notify));
    }

    /// <summary>Says something to every miner.</summary>
    public void Say(Action<IBufferWriter<byte>> write)
    {
        foreach (Miner miner in _miners.Values)
        {
            miner.Say(write);
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private static TcpListener Listen(int port)
    {
        TcpListener listener = new(IPAddress.Loopback, port);
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Start();
        return listener;
    }

    private Job MakeJob(string id, bool clean)
    {
        SplitCoinbase coinbase = Coinbase.Split(
            500, "pool"u8, Extranonce1Size + Extranonce2Size, [new(50 * Consensus.Coin, [0x51])]);
        return new Job(new StratumMessage.Notify(
            id, Sha256d.Hash([_previous]), coinbase.Prefix, coinbase.Suffix, [Sha256d.Hash([1]), Sha256d.Hash([2])],
            0x2000_0000, Target.DifficultyOneBits, 1_800_000_000, clean));
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                Socket socket = await listener.AcceptSocketAsync();
                Miner miner = new(this, socket);
                _miners[Guid.NewGuid()] = miner;
                Interlocked.Increment(ref _connections);
                miner.Begin();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The pool was killed.
        }
    }

    private byte[] NewExtranonce1()
    {
        int number = Interlocked.Increment(ref _nextExtranonce1);
        return [0xe1, (byte)(number >> 16), (byte)(number >> 8), (byte)number];
    }

    /// <summary>Judges a share as a pool does.</summary>
    private StratumError? Judge(StratumRequest.Submit submit, byte[] extranonce1)
    {
        Job? job;
        lock (_lock)
        {
            _jobs.TryGetValue(submit.JobId, out job);
        }

        if (job is null || job.Notify.PreviousHash != Sha256d.Hash([_previous]))
        {
            return StratumError.JobNotFound;
        }

        uint bits = submit.VersionBits ?? 0;
        if ((bits & ~VersionMask) != 0 || (VersionMask != 0 && submit.VersionBits is null)
            || submit.Extranonce2.Length != Extranonce2Size)
        {
            return StratumError.Other("Malformed");
        }

        StratumMessage.Notify notify = job.Notify;
        byte[] coinbase =
            [.. notify.CoinbasePrefix, .. extranonce1, .. submit.Extranonce2, .. notify.CoinbaseSuffix];
        Hash256 hash = new BlockHeader(
            (notify.Version & ~VersionMask) | bits,
            notify.PreviousHash,
            MerkleTree.Fold(Sha256d.Hash(coinbase), [.. notify.Branch]),
            submit.NTime,
            notify.Bits,
            submit.Nonce).Hash();
        if (hash.Number > Target.FromDifficulty(Difficulty))
        {
            return StratumError.LowDifficulty;
        }

        return Taken.TryAdd(hash, submit.User) ? null : StratumError.DuplicateShare;
    }

    private sealed record Job(StratumMessage.Notify Notify);

    /// <summary>One connection.</summary>
    private sealed class Miner(ScriptedPool pool, Socket socket)
    {
        private readonly Lock _writing = new();
        private readonly Pipe _output = new(new PipeOptions(pauseWriterThreshold: 0));
        private byte[] _extranonce1 = [];
        private bool _subscribed;

        public Task Done { get; private set; } = Task.CompletedTask;

        public void Begin() => Done = Task.Run(ServeAsync);

        public void Reset()
        {
            // Without lingering, closing is a reset.
            socket.Close(0);
        }

        public void Say(Action<IBufferWriter<byte>> write)
        {
            ArrayBufferWriter<byte> lines = new();
            write(lines);
            lock (_writing)
            {
                if (_subscribed)
                {
                    _ = _output.Writer.WriteAsync(lines.WrittenMemory);
                }
            }
        }

        private async Task ServeAsync()
        {
            try
            {
                await using Stream stream = await OpenAsync();
                Task writing = _output.Reader.CopyToAsync(stream);
                await ReadAsync(stream);
                await _output.Writer.CompleteAsync();
                await writing;
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException
                or System.Security.Authentication.AuthenticationException)
            {
                // The miner went, or the pool was killed.
            }

            socket.Dispose();
        }

        private async Task<Stream> OpenAsync()
        {
            NetworkStream plain = new(socket, ownsSocket: true);
            if (pool.Certificate is null)
            {
                return plain;
            }

            SslStream secure = new(plain);
            await secure.AuthenticateAsServerAsync(pool.Certificate);
            return secure;
        }

        private async Task ReadAsync(Stream stream)
        {
            PipeReader reader = PipeReader.Create(stream);
            while (true)
            {
                ReadResult read = await reader.ReadAsync();
                ReadOnlySequence<byte> rest = read.Buffer;
                while (StratumLine.TryTake(ref rest, StratumLine.MaxRequest, out ReadOnlySequence<byte> line)
                    == ParseStatus.Done)
                {
                    if (StratumRequestReader.TryRead(
                        line.ToArray(), out StratumRequest? request, out StratumId _, out string _))
                    {
                        Answer(request!);
                    }
                }

                reader.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted)
                {
                    return;
                }
            }
        }

        private void Answer(StratumRequest request)
        {
            lock (_writing)
            {
                ArrayBufferWriter<byte> lines = new();
                Answer(request, lines);
                if (lines.WrittenCount > 0)
                {
                    _ = _output.Writer.WriteAsync(lines.WrittenMemory);
                }
            }
        }

        private void Answer(StratumRequest request, ArrayBufferWriter<byte> lines)
        {
            switch (request)
            {
                case StratumRequest.Configure configure:
                    StratumWriter.Configured(lines, configure, (configure.VersionMask ?? 0) & pool.VersionMask);
                    break;
                case StratumRequest.Subscribe subscribe:
                    bool resumed = pool.Resumes && subscribe.Session is { Length: 2 * Extranonce1Size };
                    _extranonce1 = resumed ? Convert.FromHexString(subscribe.Session!) : pool.NewExtranonce1();
                    StratumWriter.Subscribed(lines, subscribe.Id, Convert.ToHexStringLower(_extranonce1), _extranonce1,
                        pool.Extranonce2Size);
                    break;
                case StratumRequest.Authorize authorize when authorize.User == "nobody":
                    StratumWriter.Refused(lines, authorize.Id, StratumError.Unauthorized);
                    break;
                case StratumRequest.Authorize authorize:
                    StratumWriter.Granted(lines, authorize.Id);
                    StratumWriter.Message(lines, new StratumMessage.SetDifficulty(pool.Difficulty));
                    lock (pool._lock)
                    {
                        _subscribed = true;
                        StratumWriter.Message(lines, pool._jobs[$"{pool._nextJob:x}"].Notify);
                    }

                    break;
                case StratumRequest.Submit submit:
                    Take(submit, lines);
                    break;
                case StratumRequest.Ping ping:
                    StratumWriter.Pong(lines, ping.Id);
                    break;
            }
        }

        private void Take(StratumRequest.Submit submit, ArrayBufferWriter<byte> lines)
        {
            string octets = $"{submit.JobId} {Convert.ToHexString(_extranonce1)} "
                + $"{Convert.ToHexString(submit.Extranonce2)} {submit.NTime} {submit.Nonce} {submit.VersionBits}";
            if (!pool._seen.TryAdd(octets, true))
            {
                pool.SentTwice.Enqueue(octets);
            }

            StratumError? error = pool.Judge(submit, _extranonce1);
            if (error is not null)
            {
                pool.Refused.Enqueue(error.Message);
            }

            if (!pool.Answers(Interlocked.Increment(ref pool._received)))
            {
                return;
            }

            if (error is null)
            {
                StratumWriter.Granted(lines, submit.Id);
            }
            else
            {
                StratumWriter.Refused(lines, submit.Id, error);
            }
        }
    }
}
