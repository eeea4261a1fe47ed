using System.Buffers.Binary;
using System.Text;
using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Jobs;

/// <summary>A template with a coinbase, divided into lanes. Safe for use by many threads.</summary>
public sealed class Job
{
    private readonly JobOptions _options;
    private readonly LaneSpace _space;
    private readonly SplitCoinbase _coinbase;
    private readonly Hash256[] _branch;
    private readonly SeenShares _seen;
    private readonly Lock _growing = new();
    private LaneGroup?[] _groups = new LaneGroup?[1];
    private long _nextLane;

    internal Job(ulong id, BlockTemplate template, bool clean, uint startPrefix, JobOptions options)
    {
        (Id, Template, Clean, _options) = (id, template, clean, options);
        BlockTarget = Target.FromCompact(template.Bits);
        BlockWork = Target.Work(BlockTarget);
        UpstreamTarget = template.Pool is { } pool && pool.ShareTarget > BlockTarget ? pool.ShareTarget : BlockTarget;
        UpstreamWork = Target.Work(UpstreamTarget);
        _space = new LaneSpace(template, options.DeviceVersionBits);
        _seen = new SeenShares(options.MaxSharesPerJob);
        _coinbase = template.Pool?.Coinbase ?? OwnCoinbase(startPrefix);
        _branch = template.Pool is null
            ? MerkleTree.Branch([.. template.Transactions.Select(t => t.Txid)])
            : [.. template.Pool.Branch];
    }

    /// <summary>Its id: never used before, not even by an earlier run.</summary>
    public ulong Id { get; }

    /// <summary>What it was made of.</summary>
    public BlockTemplate Template { get; }

    /// <summary>Whether the work of every job before it is worthless.</summary>
    public bool Clean { get; }

    /// <summary>Height of the block.</summary>
    public int Height => Template.Height;

    /// <summary>A hash not above this solves the block.</summary>
    public UInt256 BlockTarget { get; }

    /// <summary>Expected hashes to solve the block.</summary>
    public ulong BlockWork { get; }

    /// <summary>A hash not above this goes upstream: a pool's share target, or the block's target.</summary>
    public UInt256 UpstreamTarget { get; }

    /// <summary>Expected hashes until one goes upstream.</summary>
    public ulong UpstreamWork { get; }

    /// <summary>Lanes given so far.</summary>
    public long Lanes => Math.Min(Interlocked.Read(ref _nextLane), _options.MaxLanesPerJob);

    /// <summary>Gives the next lane; none is ever given twice.</summary>
    /// <param name="owner">Number of the device, 0 or more: only its shares count in this lane.</param>
    /// <param name="shareWork">Expected hashes per share that suit the device; <see cref="UpstreamWork"/> at most.
    /// </param>
    /// <param name="grant">The lane.</param>
    /// <returns>False where the job has no lanes left: a new job is needed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A negative owner.</exception>
    public bool TryGrant(int owner, ulong shareWork, out LaneGrant grant)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(owner);
        long number = Interlocked.Increment(ref _nextLane) - 1;
        if (number >= _options.MaxLanesPerJob)
        {
            grant = default;
            return false;
        }

        uint lane = (uint)number;
        ulong work = Math.Clamp(shareWork, 1, UpstreamWork);
        if (GroupFor(_space.GroupOf(lane)) is not { } group)
        {
            grant = default;
            return false;
        }

        group.Give(_space.IndexOf(lane), owner, work);
        grant = new LaneGrant(lane, HeaderOf(lane, group.MerkleRoot), _space.DeviceMask, _options.NTimeRollSeconds,
            Target.FromWork(work), work);
        return true;
    }

    /// <summary>Proves a share, and remembers it if it is good.</summary>
    /// <param name="share">What the device says.</param>
    /// <param name="owner">Number of the device that says so.</param>
    public ShareCheck Check(in LaneShare share, int owner)
    {
        if (FindGroup(_space.GroupOf(share.Lane)) is not { } group
            || !group.TryGetWork(_space.IndexOf(share.Lane), owner, out ulong work))
        {
            return Refuse(VerdictCode.OutOfLane);
        }

        BlockHeader header = HeaderOf(share.Lane, group.MerkleRoot);
        if ((share.Version & ~_space.DeviceMask) != header.Version)
        {
            return Refuse(VerdictCode.BadVersionBits);
        }

        // Unsigned: an earlier time wraps around and is out of range too.
        if (share.NTime - header.Time > _options.NTimeRollSeconds)
        {
            return Refuse(VerdictCode.BadNTime);
        }

        Hash256 hash = (header with { Version = share.Version, Time = share.NTime, Nonce = share.Nonce }).Hash();
        return Judge(hash, work);
    }

    /// <summary>The block that a share solves.</summary>
    /// <param name="share">A share that was found to solve it.</param>
    /// <exception cref="FormatException">The template holds octets that are no transaction.</exception>
    /// <exception cref="ArgumentException">The lane was never given.</exception>
    /// <exception cref="InvalidOperationException">The block is a pool's to make.</exception>
    public Block Assemble(in LaneShare share)
    {
        if (Template.Pool is not null)
        {
            throw new InvalidOperationException("A pool assembles its blocks itself.");
        }

        LaneGroup group = GivenGroup(share.Lane);
        BlockHeader header = HeaderOf(share.Lane, group.MerkleRoot) with
        {
            Version = share.Version,
            Time = share.NTime,
            Nonce = share.Nonce,
        };
        Transaction coinbase = _coinbase.ToTransaction(group.Extranonce, Template.Witness);
        return new Block(header, [coinbase, .. Template.Transactions.Select(t => Transaction.Parse(t.Data))]);
    }

    /// <summary>The extranonce in a lane's coinbase: of a pool's job the extranonce2 that the pool is told.</summary>
    /// <exception cref="ArgumentException">The lane was never given.</exception>
    public ReadOnlyMemory<byte> ExtranonceOf(uint lane) => GivenGroup(lane).Extranonce;

    private static ShareCheck Refuse(VerdictCode reason) => new(reason, Hash256.Zero, 0);

    private SplitCoinbase OwnCoinbase(uint startPrefix)
    {
        byte[] unique = new byte[12];
        BinaryPrimitives.WriteUInt64BigEndian(unique, Id);
        BinaryPrimitives.WriteUInt32BigEndian(unique.AsSpan(8), startPrefix);
        byte[] tag = [.. Encoding.ASCII.GetBytes(_options.Tag), .. unique];
        return Coinbase.Split(Template.Height, tag, LaneSpace.GroupSize, Outputs(Template, _options));
    }

    private static TransactionOutput[] Outputs(BlockTemplate template, JobOptions options)
    {
        TransactionOutput reward = new(template.CoinbaseValue, template.PayoutScript ?? options.PayoutScript);
        if (!template.Witness)
        {
            return [reward];
        }

        Hash256 root = Coinbase.WitnessRoot(template.Transactions.Select(t => t.Wtxid));
        return [reward, new(0, Coinbase.CommitmentScript(root, Hash256.Zero))];
    }

    private ShareCheck Judge(Hash256 hash, ulong work)
    {
        if (!Target.Meets(hash.Number, work))
        {
            return new ShareCheck(VerdictCode.LowDifficulty, hash, 0);
        }

        bool solves = hash.Number <= BlockTarget;
        bool goesUp = hash.Number <= UpstreamTarget;

        // What the upstream wants is worth more than the bound on memory.
        if (_seen.IsFull && !goesUp)
        {
            return new ShareCheck(VerdictCode.Stale, hash, 0);
        }

        return _seen.Add(hash)
            ? new ShareCheck(solves ? VerdictCode.BlockFound : VerdictCode.Accepted, hash, work, goesUp)
            : new ShareCheck(VerdictCode.Duplicate, hash, 0);
    }

    private BlockHeader HeaderOf(uint lane, Hash256 root) =>
        new(_space.VersionOf(lane), Template.PreviousHash, root, Template.Time, Template.Bits, 0);

    private LaneGroup? FindGroup(uint number)
    {
        LaneGroup?[] groups = Volatile.Read(ref _groups);
        return number < groups.Length ? Volatile.Read(ref groups[number]) : null;
    }

    private LaneGroup GivenGroup(uint lane) => FindGroup(_space.GroupOf(lane))
        ?? throw new ArgumentException($"Lane {lane} of job {Id:x16} was never given.", nameof(lane));

    private LaneGroup? GroupFor(uint number) => FindGroup(number) ?? MakeGroup(number);

    /// <summary>Null where a pool's extranonces are used up.</summary>
    private LaneGroup? MakeGroup(uint number)
    {
        lock (_growing)
        {
            LaneGroup?[] groups = _groups;
            if (number >= groups.Length)
            {
                Array.Resize(ref groups, (int)Math.Max(number + 1, 2 * groups.Length));
                Volatile.Write(ref _groups, groups);
            }

            if (groups[number] is { } made)
            {
                return made;
            }

            byte[] extranonce = LaneSpace.Extranonce(number);
            if (Template.Pool is { } pool && !pool.Extranonces.TryTake(out extranonce))
            {
                return null;
            }

            Hash256 root = MerkleTree.Fold(_coinbase.Txid(extranonce), _branch);
            LaneGroup group = new(extranonce, root, _space.LanesPerGroup);
            Volatile.Write(ref groups[number], group);
            return group;
        }
    }
}
