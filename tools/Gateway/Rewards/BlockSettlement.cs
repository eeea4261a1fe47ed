using System.Collections.Concurrent;
using System.Numerics;
using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Rewards;
using MicroFirmware.Storage;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Rewards;

/// <summary>
/// Turns every block that the upstream took into credits, once, by the rule that was in force when it was found. What
/// it paid is read from the block itself.
/// </summary>
/// <remarks>Not here: a block that the chain drops later is not taken back, and nothing waits for a coinbase to mature.
/// </remarks>
internal sealed class BlockSettlement(
    DataDirectory directory,
    Journal journal,
    MinerAccounts miners,
    Live<RewardOptions> options,
    ILogger<BlockSettlement> log) : IDisposable
{
    public const long MsatPerSatoshi = 1000;

    private const string Row = "SELECT hash, height, found_ms, name, raw FROM blocks JOIN devices ON id = device ";

    private readonly ConcurrentQueue<Hash256> _found = new();
    private readonly ConcurrentDictionary<Hash256, RewardOptions> _ruleOf = new();
    private Database? _database;

    /// <summary>Whether every block that was found is in the ledger, and the largest balances are those after it.
    /// </summary>
    public bool IsIdle => _found.IsEmpty;

    /// <summary>Remembers the rule by which a block was found: by that it is settled, unless the gateway is started
    /// anew in between.</summary>
    public void Note(FoundBlock block) => _ruleOf[Hash256.Parse(block.Hash)] = options.Now;

    /// <summary>Remembers a block for the next settlement. Does not wait.</summary>
    public void Take(FoundBlock block)
    {
        if (block.State == BlockState.Accepted)
        {
            _found.Enqueue(Hash256.Parse(block.Hash));
        }
        else
        {
            _ruleOf.TryRemove(Hash256.Parse(block.Hash), out _);
        }
    }

    /// <summary>Finds the blocks that an earlier run did not settle.</summary>
    /// <exception cref="StorageException">The database cannot be read.</exception>
    public void Resume(Database database)
    {
        using Statement row = database.Prepare("SELECT hash FROM blocks WHERE state=1 ORDER BY found_ms, height");
        while (row.Read())
        {
            Hash256 hash = new(row.Blob(0));
            if (!journal.Contains(Bookings.BlockKey(hash.ToString())))
            {
                _found.Enqueue(hash);
            }
        }
    }

    /// <summary>Settles what waits; returns when it is on the disk.</summary>
    /// <exception cref="StorageException">The database cannot be read; what waited still waits.</exception>
    public async Task SettleAsync()
    {
        while (_found.TryPeek(out Hash256 hash))
        {
            if (Read(hash) is { } posting)
            {
                PostResult result = await journal.PostAsync(posting);
                if (result is not (PostResult.Posted or PostResult.AlreadyPosted or PostResult.KeyTaken))
                {
                    log.LogError("Block {Hash} could not be settled: {Result}.", hash, result);
                }
            }

            miners.Refresh();
            _found.TryDequeue(out _);
            _ruleOf.TryRemove(hash, out _);
        }
    }

    public void Dispose() => _database?.Dispose();

    private Posting? Read(Hash256 hash)
    {
        _database ??= directory.Open();
        using Statement row = _database.Prepare(Row + "WHERE hash=?1");
        row.Bind(1, hash.ToOctets());
        return row.Read()
            ? Settle(hash, (int)row.Int64(1), row.Int64(2), Account.NameOf(row.Text(3)), Block.Parse(row.Blob(4)))
            : null;
    }

    private Posting? Settle(Hash256 hash, int height, long foundMs, string finder, Block block)
    {
        ulong satoshi = 0;
        foreach (TransactionOutput output in block.Transactions[0].Outputs)
        {
            satoshi = checked(satoshi + output.Value);
        }

        if (satoshi == 0)
        {
            return null;
        }

        RewardOptions rule = _ruleOf.GetValueOrDefault(hash) ?? options.Now;
        long reward = checked((long)satoshi * MsatPerSatoshi);
        bool isDivided = rule.Kind is RewardRule.Solo or RewardRule.Pplns;
        long fee = isDivided ? new PoolFee(rule.FeePpm).Of(reward) : 0;
        UInt128 window = WindowOf(block, rule.PplnsBlocks);
        IReadOnlyList<Credit> credits = rule.Kind switch
        {
            RewardRule.Solo => SoloReward.Split(reward - fee, Payees.Of(finder).Name),
            RewardRule.Pplns => PplnsReward.Split(reward - fee, window, NewestWork(window)),
            _ => [],
        };
        Account source = isDivided && IsPractice(block) ? Account.Practice : Account.Chain;
        return Bookings.Block(hash.ToString(), height, foundMs, reward, fee, credits, PaidBy(block, credits), source);
    }

    /// <summary>Whether the block is easier than the easiest of any chain whose coins are traded: difficulty below 1.
    /// </summary>
    private static bool IsPractice(Block block) => WindowOf(block, 1) < Target.DifficultyOneWork;

    // A balance may have shrunk since the job was made: more than it holds cannot leave it.
    private List<(Credit Paid, long Covered)> PaidBy(Block block, IReadOnlyList<Credit> credits)
    {
        List<(Credit, long)> paid = [];
        foreach (Credit payment in miners.PaidBy(block))
        {
            Int128 has = (journal.Find(payment.Who)?.Amount ?? 0)
                + credits.Where(credit => credit.Who == payment.Who).Sum(credit => credit.MilliSatoshi);
            paid.Add((payment, (long)Int128.Min(has, payment.MilliSatoshi)));
        }

        return paid;
    }

    private static UInt128 WindowOf(Block block, int blocks)
    {
        BigInteger target = Target.FromCompact(block.Header.Bits).ToBigInteger();
        return UInt128.CreateSaturating(blocks * (BigInteger.One << 256) / (target + BigInteger.One));
    }

    /// <summary>Booked work, the newest first, and not much more than the window holds.</summary>
    private List<BookedWork> NewestWork(UInt128 window)
    {
        List<BookedWork> newest = [];
        UInt128 total = 0;
        journal.WalkWork((booking, account, work) =>
        {
            if (total >= window && newest[^1].Booking != booking)
            {
                return false;
            }

            newest.Add(new BookedWork(booking, Payees.Of(Account.DeviceOfWork(account.Name)!).Name, work));
            total += (UInt128)work;
            return true;
        });
        return newest;
    }
}
