using MicroFirmware.Bitcoin;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Storage;
using MicroFirmware.Gateway.Upstreams;
using MicroFirmware.Storage;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Shares;

/// <summary>
/// Blocks that shares solve: assembled, stored, then handed upstream. What was stored and not known to have arrived is
/// handed in again, after a while and at the next start. What a pool wants goes to the desk for that.
/// </summary>
internal sealed class BlockDesk(
    IUpstream upstream, PoolShareDesk poolShares, GroupCommit store, GatewayClock clock, ILogger<BlockDesk> log)
    : IDisposable
{
    /// <summary>Times that a block is handed in while its fate is unknown: for more than an hour.</summary>
    private const int MostTries = 20;

    private const string Unsent = "SELECT raw, height, name FROM blocks JOIN devices ON id = device WHERE state=0";

    private static readonly TimeSpan s_submitTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _stop = new();

    private readonly long[] _counts = new long[Enum.GetValues<BlockState>().Length];

    private int _underWay;

    /// <summary>Told of every block that is on its way to the disk and upstream.</summary>
    public event Action<FoundBlock>? Found;

    /// <summary>Told of every block whose fate is known.</summary>
    public event Action<FoundBlock>? Settled;

    /// <summary>Whether the fate of any block is not known.</summary>
    public bool IsAnyUnderWay => Volatile.Read(ref _underWay) > 0;

    /// <summary>All blocks that are in the store or on their way there.</summary>
    public BlockTally Tally => new(
        Interlocked.Read(ref _counts[(int)BlockState.Accepted]),
        Interlocked.Read(ref _counts[(int)BlockState.Rejected]),
        Interlocked.Read(ref _counts[(int)BlockState.Stored]));

    /// <summary>Takes a share that its upstream wants. Does not throw.</summary>
    public void Take(Solution solution, Device device)
    {
        if (solution.Job.Template.Pool is not null)
        {
            poolShares.Take(solution, device);
            return;
        }

        try
        {
            Store(solution.Job, solution.ToBlock(), device);
        }
        catch (FormatException e)
        {
            log.LogError(e, "The template of job {Job:x16} holds octets that are no transaction.", solution.Job.Id);
        }
    }

    /// <summary>Counts what there is, and hands in what an earlier run stored and could not hand in.</summary>
    /// <exception cref="StorageException">The database cannot be read.</exception>
    public void Resume(Database database)
    {
        using Statement count = database.Prepare("SELECT state, count(*) FROM blocks GROUP BY state");
        while (count.Read())
        {
            _counts[count.Int64(0)] = count.Int64(1);
        }

        using Statement row = database.Prepare(Unsent);
        while (row.Read())
        {
            _ = SubmitAsync(Block.Parse(row.Blob(0)), (int)row.Int64(1), row.Text(2), Task.CompletedTask);
        }
    }

    /// <summary>Hands nothing in any more.</summary>
    public void Dispose() => _stop.Cancel();

    private void Store(Job job, Block block, Device device)
    {
        byte[] hash = block.Header.Hash().ToOctets();
        byte[] octets = block.ToOctets();
        long now = clock.UnixMs;
        CommitSignal stored = new(writer => writer.InsertBlock.Bind(1, hash).Bind(2, job.Height)
            .Bind(3, device.Number).Bind(4, now).Bind(5, (int)BlockState.Stored).Bind(6, octets).Run());
        store.Append(stored);
        Interlocked.Increment(ref _counts[(int)BlockState.Stored]);
        Found?.Invoke(new FoundBlock(
            job.Height, block.Header.Hash().ToString(), device.Id, BlockState.Stored, ""));
        _ = SubmitAsync(block, job.Height, device.Id, stored.Done);
    }

    private async Task SubmitAsync(Block block, int height, string device, Task stored)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            await stored;
            Backoff pauses = new(s_firstPause, s_longestPause, new Random(height));
            for (int tries = 0; tries < MostTries; tries++)
            {
                SubmitOutcome outcome = await SubmitAsync(block);
                if (outcome.Status != SubmitStatus.Unknown)
                {
                    Settle(block, height, device, outcome);
                    return;
                }

                log.LogWarning("What became of block {Hash} is not known yet. {Reason}", block.Header.Hash(),
                    outcome.Reason);
                await Task.Delay(pauses.Next(), clock.Source, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // It stays as stored, and is handed in again at the next start.
        }
    }

    private async Task<SubmitOutcome> SubmitAsync(Block block)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        either.CancelAfter(s_submitTimeout);
        try
        {
            return await upstream.SubmitAsync(block, either.Token);
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return new SubmitOutcome(SubmitStatus.Unknown, "There was no answer in time.");
        }
    }

    private void Settle(Block block, int height, string device, SubmitOutcome outcome)
    {
        BlockState state = outcome.Good ? BlockState.Accepted : BlockState.Rejected;
        Hash256 hash = block.Header.Hash();
        store.Append(new CommitSignal(writer => writer.SetBlockState.Bind(1, hash.ToOctets()).Bind(2, (int)state)
            .Bind(3, outcome.Reason).Run()));
        Interlocked.Decrement(ref _counts[(int)BlockState.Stored]);
        Interlocked.Increment(ref _counts[(int)state]);
        log.LogInformation("Block {Height} {Hash} of {Device}: {State} {Reason}", height, hash, device, state,
            outcome.Reason);
        Settled?.Invoke(new FoundBlock(height, hash.ToString(), device, state, outcome.Reason));
        Interlocked.Decrement(ref _underWay);
    }
}
