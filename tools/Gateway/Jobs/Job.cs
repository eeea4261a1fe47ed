using MicroFirmware.Bitcoin;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Jobs;

/// <summary>A template with a coinbase. Its headers are given to boards in lanes and to Stratum connections by
/// extranonce, and nobody's are anybody else's. Safe for use by many threads.</summary>
public sealed class Job
{
    private readonly JobOptions _options;
    private readonly HeaderSpace _space;

    /// <summary>Makes a job of a template.</summary>
    /// <param name="id">Never used before.</param>
    /// <param name="template">What it is made of.</param>
    /// <param name="clean">Whether the work of every job before it is worthless.</param>
    /// <param name="startPrefix">Drawn at each start.</param>
    /// <param name="options">Checked before.</param>
    /// <param name="kept">Jobs before it, one of which may have the same headers.</param>
    internal Job(
        ulong id,
        BlockTemplate template,
        bool clean,
        uint startPrefix,
        JobOptions options,
        IEnumerable<Job>? kept = null)
    {
        (Id, Template, Clean, _options) = (id, template, clean, options);
        BlockTarget = Target.FromCompact(template.Bits);
        BlockWork = Target.Work(BlockTarget);
        UpstreamTarget = template.Pool is { } pool && pool.ShareTarget > BlockTarget ? pool.ShareTarget : BlockTarget;
        UpstreamWork = Target.Work(UpstreamTarget);
        _space = kept?.FirstOrDefault(HasHeadersOf)?._space
            ?? new HeaderSpace(id, template, startPrefix, options);
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

    /// <summary>A hash not above this goes upstream: the block's target, or a pool's share target where that is easier.
    /// </summary>
    public UInt256 UpstreamTarget { get; }

    /// <summary>Expected hashes until one goes upstream. No share is asked for that takes more.</summary>
    public ulong UpstreamWork { get; }

    /// <summary>Lanes given so far.</summary>
    public long Lanes => _space.Lanes;

    /// <summary>The coinbase, open where the extranonce stands.</summary>
    internal SplitCoinbase Coinbase => _space.Coinbase;

    /// <summary>What the coinbase's txid is folded with, from the leaves up.</summary>
    internal IReadOnlyList<Hash256> Branch => _space.Branch;

    /// <summary>How the coinbase's open octets are divided.</summary>
    internal ExtranonceSpace Extranonces => new(_space.Coinbase.ExtranonceSize);

    /// <summary>Names its headers: another job with the same number has the same ones.</summary>
    internal ulong HeadersId => _space.Id;

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
        if (!_space.TryNextLane(out uint lane)
            || _space.GroupFor(_space.LaneSpace.GroupOf(lane)) is not { } group)
        {
            grant = default;
            return false;
        }

        ulong work = Math.Clamp(shareWork, 1, UpstreamWork);
        group.Give(_space.LaneSpace.IndexOf(lane), owner, work);
        grant = new LaneGrant(lane, HeaderOf(lane, group.MerkleRoot), _space.LaneSpace.DeviceMask,
            _options.NTimeRollSeconds, Target.FromWork(work), work);
        return true;
    }

    /// <summary>Proves a board's share, and remembers it if it is good.</summary>
    /// <param name="share">What the device says.</param>
    /// <param name="owner">Number of the device that says so.</param>
    public ShareCheck Check(in LaneShare share, int owner)
    {
        if (_space.FindGroup(_space.LaneSpace.GroupOf(share.Lane)) is not { } group
            || !group.TryGetWork(_space.LaneSpace.IndexOf(share.Lane), owner, out ulong work))
        {
            return Refuse(VerdictCode.OutOfLane);
        }

        BlockHeader header = HeaderOf(share.Lane, group.MerkleRoot);
        if ((share.Version & ~_space.LaneSpace.DeviceMask) != header.Version)
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

    /// <summary>Proves the share of a Stratum connection, and remembers it if it is good.</summary>
    /// <param name="share">What the miner says.</param>
    /// <param name="root">The merkle root under its extranonce, by <see cref="RootOf"/>.</param>
    /// <param name="terms">On what terms the job was issued to it.</param>
    internal ShareCheck Check(in ConnectionShare share, in Hash256 root, in ConnectionTerms terms)
    {
        if (((share.VersionBits ?? 0) & ~terms.VersionMask) != 0)
        {
            return Refuse(VerdictCode.BadVersionBits);
        }

        if (share.NTime < terms.FirstNTime || share.NTime >= terms.EndNTime
            || share.NTime - terms.FirstNTime > JobOptions.MaxConnectionNTimeRollSeconds
            || share.NTime > Template.MaxTime)
        {
            return Refuse(VerdictCode.BadNTime);
        }

        return Judge(HeaderOf(share, root, terms.VersionMask).Hash(), terms.ShareWork);
    }

    /// <summary>The header's version (BIP 310): bits of the mask come from the miner, the others from the job; where it
    /// sends none, all are the job's.</summary>
    internal uint VersionOf(in ConnectionShare share, uint mask) =>
        share.VersionBits is { } bits ? (Template.Version & ~mask) | (bits & mask) : Template.Version;

    /// <summary>The merkle root under an extranonce of this job's size.</summary>
    internal Hash256 RootOf(in Extranonce extranonce)
    {
        Span<byte> octets = stackalloc byte[Extranonce.MaxSize];
        extranonce.CopyTo(octets);
        return _space.RootOf(octets[..extranonce.Size]);
    }

    /// <summary>What goes upstream of a board's share.</summary>
    /// <exception cref="ArgumentException">The lane was never given.</exception>
    public Solution Solve(in LaneShare share)
    {
        LaneGroup group = GivenGroup(share.Lane);
        BlockHeader header = HeaderOf(share.Lane, group.MerkleRoot) with
        {
            Version = share.Version,
            Time = share.NTime,
            Nonce = share.Nonce,
        };
        return new Solution(this, group.Extranonce, header);
    }

    /// <summary>What goes upstream of the share of a Stratum connection.</summary>
    internal Solution Solve(
        in ConnectionShare share, in Extranonce extranonce, in Hash256 root, in ConnectionTerms terms) =>
        new(this, extranonce.ToOctets(), HeaderOf(share, root, terms.VersionMask));

    /// <summary>The block that a share solves.</summary>
    /// <param name="share">A share that was found to solve it.</param>
    /// <exception cref="FormatException">The template holds octets that are no transaction.</exception>
    /// <exception cref="ArgumentException">The lane was never given.</exception>
    /// <exception cref="InvalidOperationException">The block is a pool's to make.</exception>
    public Block Assemble(in LaneShare share) => Solve(share).ToBlock();

    /// <summary>The extranonce in a lane's coinbase: of a pool's job the extranonce2 that the pool is told.</summary>
    /// <exception cref="ArgumentException">The lane was never given.</exception>
    public ReadOnlyMemory<byte> ExtranonceOf(uint lane) => GivenGroup(lane).Extranonce;

    private LaneGroup GivenGroup(uint lane) => _space.FindGroup(_space.LaneSpace.GroupOf(lane))
        ?? throw new ArgumentException($"Lane {lane} of job {Id:x16} was never given.", nameof(lane));

    private static ShareCheck Refuse(VerdictCode reason) => new(reason, Hash256.Zero, 0);

    /// <summary>A coinbase of our own has the job's id; a pool may give the same work twice, with another ntime.
    /// </summary>
    private bool HasHeadersOf(Job other) =>
        Template.Pool is { } pool && other.Template.Pool is { } before
        && pool.Coinbase.Prefix.AsSpan().SequenceEqual(before.Coinbase.Prefix)
        && pool.Coinbase.Suffix.AsSpan().SequenceEqual(before.Coinbase.Suffix)
        && pool.Coinbase.ExtranonceSize == before.Coinbase.ExtranonceSize && pool.Branch.SequenceEqual(before.Branch)
        && Template.PreviousHash == other.Template.PreviousHash && Template.Bits == other.Template.Bits
        && Template.Version == other.Template.Version && Template.VersionMask == other.Template.VersionMask;

    private ShareCheck Judge(in Hash256 hash, ulong work)
    {
        if (!Target.Meets(hash.Number, work))
        {
            return new ShareCheck(VerdictCode.LowDifficulty, hash, 0);
        }

        bool goesUp = hash.Number <= UpstreamTarget;

        // A solution is worth more than the bound on memory.
        if (_space.Seen.IsFull && !goesUp)
        {
            return new ShareCheck(VerdictCode.Stale, hash, 0);
        }

        bool solves = hash.Number <= BlockTarget;
        return _space.Seen.Add(hash)
            ? new ShareCheck(solves ? VerdictCode.BlockFound : VerdictCode.Accepted, hash, work, goesUp)
            : new ShareCheck(VerdictCode.Duplicate, hash, 0);
    }

    private BlockHeader HeaderOf(uint lane, in Hash256 root) =>
        new(_space.LaneSpace.VersionOf(lane), Template.PreviousHash, root, Template.Time, Template.Bits, 0);

    private BlockHeader HeaderOf(in ConnectionShare share, in Hash256 root, uint mask) =>
        new(VersionOf(share, mask), Template.PreviousHash, root, share.NTime, Template.Bits, share.Nonce);
}
