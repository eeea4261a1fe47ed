using System.Text;
using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Upstreams;

/// <summary>
/// A private chain for the gateway's own fleet: real blocks with real proof of work, whose difficulty follows what the
/// fleet proves. Every block is checked in full before it is connected. Safe for use by many threads.
/// </summary>
/// <remarks>Not here: transactions other than the coinbase, so nothing that a coinbase paid can be spent; and forks,
/// so a block that does not build on the tip is refused. The target is not a rule of the chain's history but what the
/// chain asked for when the block was made.</remarks>
public sealed class EmbeddedChain : IUpstream, IDisposable
{
    /// <summary>Mean time between two blocks.</summary>
    public static readonly TimeSpan DefaultBlockTime = TimeSpan.FromSeconds(3);

    /// <summary>What it is called among upstreams.</summary>
    internal const string ChainName = "embedded chain";

    /// <summary>How long a template's time may stay behind the clock before it is renewed.</summary>
    private static readonly TimeSpan s_renewal = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(250);

    /// <summary>How far in the future a block's time may be, like on a public chain.</summary>
    private const uint MaxAheadSeconds = 2 * 60 * 60;

    private const uint BlockVersion = 0x2000_0000;
    private const int HalvingInterval = 210_000;
    private const int MedianBlocks = 11;

    private readonly Func<double> _provenRate;
    private readonly TimeProvider _time;
    private readonly IChainStore _store;
    private readonly BlockPace _pace;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly Queue<uint> _lastTimes = [];
    private readonly HashSet<uint> _askedBits = [];
    private Hash256 _tipHash;
    private long _tipSince;
    private BlockTemplate _template;

    /// <summary>Loads the chain and asks for its next block.</summary>
    /// <param name="blockTime">Mean time between two blocks, 100 ms or more.</param>
    /// <param name="provenRate">Proven hashes a second of the whole fleet; 0 where none is proven.</param>
    /// <param name="time">The clock.</param>
    /// <param name="store">Where the blocks are kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">A block time below 100 ms.</exception>
    /// <exception cref="InvalidDataException">The store holds a block that breaks a rule.</exception>
    public EmbeddedChain(TimeSpan blockTime, Func<double> provenRate, TimeProvider time, IChainStore store)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockTime, TimeSpan.FromMilliseconds(100));
        (_provenRate, _time, _store, _pace) = (provenRate, time, store, new BlockPace(blockTime));
        Connect(Genesis);
        LoadStore();
        _template = NewTemplate(_pace.WorkAfter(TimeSpan.Zero));
        _timer = time.CreateTimer(_ => Tick(), null, s_tick, s_tick);
    }

    /// <summary>The first block: the same for every chain of this kind.</summary>
    public static Block Genesis { get; } = MakeGenesis();

    /// <inheritdoc/>
    public event Action<BlockTemplate>? Changed;

    /// <inheritdoc/>
    public string Name => ChainName;

    /// <inheritdoc/>
    public BlockTemplate? Current => Volatile.Read(ref _template);

    /// <summary>Height of the last block; 0 is the first one's.</summary>
    public int Height { get; private set; } = -1;

    /// <summary>Hash of the last block.</summary>
    public Hash256 TipHash
    {
        get
        {
            lock (_lock)
            {
                return _tipHash;
            }
        }
    }

    /// <inheritdoc/>
    public Task<SubmitOutcome> SubmitAsync(Block block, CancellationToken cancel)
    {
        lock (_lock)
        {
            return Task.FromResult(Submit(block));
        }
    }

    /// <summary>Asks for no more blocks.</summary>
    public void Dispose() => _timer.Dispose();

    /// <summary>Renews the template where the work has eased or its time is old.</summary>
    internal void Tick()
    {
        lock (_lock)
        {
            ulong work = _pace.WorkAfter(_time.GetElapsedTime(_tipSince));
            bool eased = BitsOf(work) != _template.Bits;
            if (eased || Now() - (long)_template.Time >= s_renewal.TotalSeconds)
            {
                Ask(work);
            }
        }
    }

    private static Block MakeGenesis()
    {
        byte[] script = [.. Coinbase.HeightPush(0), .. Encoding.ASCII.GetBytes("MicroFirmware embedded chain")];
        TransactionInput input = new(OutPoint.Null, script, TransactionInput.FinalSequence);
        Transaction coinbase = new(1, [input], [new(50 * Consensus.Coin, [0x6a])], 0);
        uint time = (uint)new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        BlockHeader header = new(BlockVersion, Hash256.Zero, coinbase.Txid, time, 0x207fffff, 0);
        while (!header.MeetsItsTarget())
        {
            header = header with { Nonce = header.Nonce + 1 };
        }

        return new Block(header, [coinbase]);
    }

    private static uint BitsOf(ulong work) => Target.ToCompact(Target.FromWork(work));

    private long Now() => _time.GetUtcNow().ToUnixTimeSeconds();

    private SubmitOutcome Submit(Block block)
    {
        if (block.Header.Hash() == _tipHash)
        {
            return new SubmitOutcome(SubmitStatus.Duplicate, "duplicate");
        }

        // Every target asked for since the last block is good: a board that has not heard of an easier one works on.
        uint bits = _askedBits.Contains(block.Header.Bits) ? block.Header.Bits : _template.Bits;
        BlockVerdict verdict = BlockCheck.Check(block, Rules(bits, (uint)Now() + MaxAheadSeconds));
        if (verdict != BlockVerdict.Good || block.Transactions.Count > 1)
        {
            string reason = verdict == BlockVerdict.Good
                ? "bad-txns-inputs-missingorspent"
                : BlockCheck.Reason(verdict);
            return new SubmitOutcome(SubmitStatus.Rejected, reason);
        }

        _store.Append(block);
        TimeSpan took = _time.GetElapsedTime(_tipSince);
        _pace.Found(Target.Work(Target.FromCompact(bits)), took, _provenRate());
        Connect(block);
        Ask(_pace.WorkAfter(TimeSpan.Zero));
        return new SubmitOutcome(SubmitStatus.Accepted);
    }

    private void LoadStore()
    {
        foreach (Block block in _store.Load())
        {
            if (Height == 0)
            {
                StandBefore(block);
            }

            BlockRules rules = Rules(block.Header.Bits, uint.MaxValue);
            if (block.Transactions.Count > 1 || BlockCheck.Check(block, rules) != BlockVerdict.Good)
            {
                throw new InvalidDataException(
                    $"Block {Height + 1} in the chain's store is not good: move the store away to begin a new chain.");
            }

            Connect(block);
            _pace.Resume(Target.Work(Target.FromCompact(block.Header.Bits)));
        }
    }

    /// <summary>The oldest block that is kept says itself where it stands; what came before it is trusted.</summary>
    private void StandBefore(Block oldest)
    {
        if (oldest.Transactions is [{ Inputs: [{ Script: var script }, ..] }, ..]
            && Coinbase.ReadHeight(script) is > 0 and var height)
        {
            (_tipHash, Height) = (oldest.Header.PreviousHash, height - 1);
        }
    }

    private BlockRules Rules(uint bits, uint maxTime) => new()
    {
        PreviousHash = _tipHash,
        Height = Height + 1,
        Bits = bits,
        MinTime = MinTime(),
        MaxTime = maxTime,
        CoinbaseValue = Consensus.Subsidy(Height + 1, HalvingInterval),
    };

    /// <summary>The median of the last 11 blocks' times, and a second.</summary>
    private uint MinTime() => _lastTimes.Order().ElementAt(_lastTimes.Count / 2) + 1;

    private void Connect(Block block)
    {
        _tipHash = block.Header.Hash();
        _tipSince = _time.GetTimestamp();
        Height++;
        _lastTimes.Enqueue(block.Header.Time);
        if (_lastTimes.Count > MedianBlocks)
        {
            _lastTimes.Dequeue();
        }

        _askedBits.Clear();
    }

    private void Ask(ulong work)
    {
        Volatile.Write(ref _template, NewTemplate(work));
        Changed?.Invoke(_template);
    }

    private BlockTemplate NewTemplate(ulong work)
    {
        BlockRules rules = Rules(BitsOf(work), uint.MaxValue);
        _askedBits.Add(rules.Bits);
        return new BlockTemplate
        {
            Version = BlockVersion,
            PreviousHash = rules.PreviousHash,
            Bits = rules.Bits,
            Time = Math.Max((uint)Now(), rules.MinTime),
            MinTime = rules.MinTime,
            MaxTime = (uint)Now() + MaxAheadSeconds,
            Height = rules.Height,
            CoinbaseValue = rules.CoinbaseValue,
        };
    }
}
