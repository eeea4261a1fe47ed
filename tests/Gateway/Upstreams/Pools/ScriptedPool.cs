using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Bitcoin;
using MicroFirmware.Bitcoin.Stratum;

namespace MicroFirmware.Gateway.Tests.Upstreams.Pools;

/// <summary>
/// A small but honest Stratum pool on loopback: it hashes every share itself, knows what it was sent before, across
/// connections and restarts, and can be killed and started again on its port.
/// </summary>
internal sealed partial class ScriptedPool : IAsyncDisposable
{
    private const int Extranonce1Size = 4;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Job> _jobs = [];
    private readonly ConcurrentDictionary<Guid, Miner> _miners = [];
    private readonly ConcurrentDictionary<string, bool> _seen = [];
    private readonly int _port;
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _nextJob;
    private int _nextExtranonce1;
    private byte _previous = 1;
    private int _received;
    private int _connections;

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

    /// <summary>It keeps its connections and says nothing any more, as a process that hangs.</summary>
    public bool Hangs { get; set; }

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
}
