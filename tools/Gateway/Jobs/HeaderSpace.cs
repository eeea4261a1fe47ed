using System.Buffers.Binary;
using System.Text;
using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Jobs;

/// <summary>
/// The headers that a coinbase opens, and what became of them: whose lanes they are, and which were shared. Jobs of
/// a pool that differ in ntime only have the same headers, and so one of these together. Safe for use by many
/// threads.
/// </summary>
/// <remarks><code>
///   coinbase of our own   [height][tag][job id 8][prefix of this start 4][extranonce 8]   numbers most significant
///                                                                                         octet first
/// </code>
/// The job id makes the coinbase of every job another one; the prefix, drawn at each start, does so even where a clock
/// that was set back repeats an id.</remarks>
internal sealed class HeaderSpace
{
    private readonly ExtranonceCounter _extranonces;
    private readonly long _maxLanes;
    private readonly Hash256[] _branch;
    private readonly Lock _growing = new();
    private LaneGroup?[] _groups = new LaneGroup?[1];
    private long _nextLane;

    public HeaderSpace(
        ulong id, BlockTemplate template, uint startPrefix, JobOptions options)
    {
        Id = id;
        Coinbase = template.Pool?.Coinbase ?? MakeCoinbase(id, template, startPrefix, options);
        _branch = template.Pool is { } pool
            ? [.. pool.Branch]
            : MerkleTree.Branch([.. template.Transactions.Select(t => t.Txid)]);
        _extranonces = template.Pool?.Extranonces ?? new ExtranonceCounter(ExtranonceSpace.OwnSize);
        _maxLanes = options.MaxLanesPerJob;
        LaneSpace = new LaneSpace(template, options.DeviceVersionBits);
        Seen = new SeenShares(options.MaxSharesPerJob);
    }

    /// <summary>The id of the first job that had it.</summary>
    public ulong Id { get; }

    public SplitCoinbase Coinbase { get; }

    public IReadOnlyList<Hash256> Branch => _branch;

    public LaneSpace LaneSpace { get; }

    /// <summary>The shares that were credited.</summary>
    public SeenShares Seen { get; }

    /// <summary>Lanes given so far.</summary>
    public long Lanes => Math.Min(Interlocked.Read(ref _nextLane), _maxLanes);

    /// <summary>Numbers the next lane; false where there are no more.</summary>
    public bool TryNextLane(out uint lane)
    {
        long number = Interlocked.Increment(ref _nextLane) - 1;
        lane = (uint)number;
        return number < _maxLanes;
    }

    /// <summary>The merkle root under an extranonce.</summary>
    public Hash256 RootOf(ReadOnlySpan<byte> extranonce) => MerkleTree.Fold(Coinbase.Txid(extranonce), _branch);

    /// <summary>The group of this number; null where none of its lanes was given.</summary>
    public LaneGroup? FindGroup(uint number)
    {
        LaneGroup?[] groups = Volatile.Read(ref _groups);
        return number < groups.Length ? Volatile.Read(ref groups[number]) : null;
    }

    /// <summary>The group of this number, made if it is not there; null where a pool's extranonces are used up.
    /// </summary>
    public LaneGroup? GroupFor(uint number) => FindGroup(number) ?? MakeGroup(number);

    private static SplitCoinbase MakeCoinbase(ulong id, BlockTemplate template, uint startPrefix, JobOptions options)
    {
        byte[] unique = new byte[12];
        BinaryPrimitives.WriteUInt64BigEndian(unique, id);
        BinaryPrimitives.WriteUInt32BigEndian(unique.AsSpan(8), startPrefix);
        byte[] tag = [.. Encoding.ASCII.GetBytes(options.Tag), .. unique];
        return Bitcoin.Coinbase.Split(template.Height, tag, ExtranonceSpace.OwnSize, Outputs(template, options));
    }

    private static TransactionOutput[] Outputs(BlockTemplate template, JobOptions options)
    {
        ulong rest = template.Payouts.Aggregate(template.CoinbaseValue, (left, payout) => checked(left - payout.Value));
        TransactionOutput reward = new(rest, template.PayoutScript ?? options.PayoutScript);
        if (!template.Witness)
        {
            return [reward, .. template.Payouts];
        }

        Hash256 root = Bitcoin.Coinbase.WitnessRoot(template.Transactions.Select(t => t.Wtxid));
        return [reward, .. template.Payouts, new(0, Bitcoin.Coinbase.CommitmentScript(root, Hash256.Zero))];
    }

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

            // A pool's session has one counter: work that it gives again is not divided in the same way again.
            if (!_extranonces.TryTake(out byte[] extranonce))
            {
                return null;
            }

            LaneGroup group = new(extranonce, RootOf(extranonce), LaneSpace.LanesPerGroup);
            Volatile.Write(ref groups[number], group);
            return group;
        }
    }
}
