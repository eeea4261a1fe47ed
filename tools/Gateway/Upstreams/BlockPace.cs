namespace MicroFirmware.Gateway.Upstreams;

/// <summary>How much work a block of the embedded chain asks for, so that one comes about every block time from a
/// fleet of any size, known or not.</summary>
/// <remarks>
/// After a block the work is held for 4/3 of the block time at what the fleet does in that time; then it is halved
/// every second until somebody finds a block. Where the rate is known, the mean time to a block is the block time
/// (2.998 s for 3 s). A run of 30 s without a block does not happen: with R hashes a second, the expected number of
/// blocks in 30 s is R times the sum of time by work, and the chance of none is exp(minus that). It is least for the
/// smallest fleets, which <see cref="LeastWork"/> binds: exp(-2,500) for 1 kH/s of which nothing is known yet,
/// exp(-4,506) for 1 kH/s that is known, and exp(-45) where 1 kH/s was proven and 10 H/s are left: less than one run in
/// 10^19. Not safe for use by several threads at once.
/// </remarks>
internal sealed class BlockPace
{
    /// <summary>Expected hashes that a block takes at least.</summary>
    public const ulong LeastWork = 4;

    /// <summary>Expected hashes of the first block, when nothing is known: 4 s at 260 kH/s. A fleet of 1 kH/s needs ten
    /// halvings or so.</summary>
    public const ulong FirstWork = 1UL << 20;

    /// <summary>Expected hashes that a block takes at most: ten times the rate of the whole Bitcoin network.</summary>
    public const ulong MostWork = 1UL << 63;

    /// <summary>How far the work moves at most from one block to the next, up or down.</summary>
    private const double LargestStep = 4;

    /// <summary>Weight of the blocks before, in what the chain itself knows of the rate: the last five count.</summary>
    private const double Memory = 0.8;

    /// <summary>How long a halving lasts.</summary>
    private const double HalvingSeconds = 1;

    private readonly double _holdSeconds;
    private double _baseWork = FirstWork;
    private double _blocks;
    private double _effort;

    /// <summary>Starts with nothing known.</summary>
    /// <param name="blockTime">Mean time between two blocks.</param>
    public BlockPace(TimeSpan blockTime) => _holdSeconds = blockTime.TotalSeconds * 4 / 3;

    /// <summary>Goes on where a chain was left: with the work of its last block.</summary>
    public void Resume(ulong work) => _baseWork = Bound(work);

    /// <summary>Expected hashes that the block takes now.</summary>
    /// <param name="sinceBlock">Time since the last block.</param>
    public ulong WorkAfter(TimeSpan sinceBlock)
    {
        double over = sinceBlock.TotalSeconds - _holdSeconds;
        double halvings = over < 0 ? 0 : 1 + Math.Floor(over / HalvingSeconds);
        return (ulong)Bound(_baseWork * Math.Pow(2, -halvings));
    }

    /// <summary>A block was found: sets the work of the next one.</summary>
    /// <param name="work">Expected hashes of the block.</param>
    /// <param name="sinceBlock">Time that it took.</param>
    /// <param name="provenRate">Proven hashes a second of the fleet; 0 where none is proven.</param>
    public void Found(ulong work, TimeSpan sinceBlock, double provenRate)
    {
        _blocks = (_blocks * Memory) + 1;
        _effort = (_effort * Memory) + EffortAfter(sinceBlock);

        // The effort of a block is its expected hashes' inverse, summed over time: one block per unit at 1 H/s. Blocks
        // by effort is therefore the likeliest rate, whatever the work was in between.
        double rate = provenRate > 0 ? provenRate : _blocks / _effort;
        _baseWork = Bound(Math.Clamp(rate * _holdSeconds, work / LargestStep, work * LargestStep));
    }

    /// <summary>The sum of time by work since the last block: the expected number of blocks at 1 H/s.</summary>
    internal double EffortAfter(TimeSpan sinceBlock)
    {
        double seconds = Math.Max(sinceBlock.TotalSeconds, 1e-6);
        double effort = Math.Min(seconds, _holdSeconds) / _baseWork;
        double work = _baseWork;
        for (double left = seconds - _holdSeconds; left > 0; left -= HalvingSeconds)
        {
            work = Bound(work / 2);
            bool least = work <= LeastWork;
            effort += (least ? left : Math.Min(left, HalvingSeconds)) / work;
            if (least)
            {
                break;
            }
        }

        return effort;
    }

    private static double Bound(double work) => Math.Clamp(work, LeastWork, MostWork);
}
