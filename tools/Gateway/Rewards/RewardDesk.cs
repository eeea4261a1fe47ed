using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Storage;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Rewards;

/// <summary>
/// Goes from the share store to the ledger every few seconds: first the work, then the blocks that it found. Shares
/// never wait for it.
/// </summary>
internal sealed class RewardDesk : IAsyncDisposable
{
    private readonly WorkBooking _work;
    private readonly MinerAccounts _miners;
    private readonly CoinbaseSplit _split;
    private readonly BlockSettlement _settlement;
    private readonly BlockDesk _blocks;
    private readonly JobBoard _jobs;
    private readonly RewardOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<RewardDesk> _log;
    private readonly SemaphoreSlim _one = new(1);
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public RewardDesk(
        WorkBooking work,
        MinerAccounts miners,
        CoinbaseSplit split,
        BlockSettlement settlement,
        BlockDesk blocks,
        JobBoard jobs,
        RewardOptions options,
        TimeProvider time,
        ILogger<RewardDesk> log)
    {
        (_work, _miners, _split, _settlement, _blocks) = (work, miners, split, settlement, blocks);
        (_jobs, _options, _time, _log) = (jobs, options, time, log);
        _blocks.Settled += _settlement.Take;
    }

    /// <summary>Begins. Work and blocks of earlier runs come with the first round.</summary>
    /// <param name="database">Read for blocks that are not settled.</param>
    public void Start(Database database)
    {
        _settlement.Resume(database);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>One round; returns when it is on the disk.</summary>
    public async Task RoundAsync()
    {
        await _one.WaitAsync();
        try
        {
            await _work.BookAsync();
            await _settlement.SettleAsync();
            _miners.Refresh();
            if (_jobs.Current is { } job && _split.IsDue(job.Template))
            {
                _jobs.Renew();
            }
        }
        catch (Exception e)
        {
            // Whatever it was, the next round begins where the ledger stands.
            _log.LogError(e, "Work and blocks wait to be booked.");
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Books a last time, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _blocks.Settled -= _settlement.Take;
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
        _one.Dispose();
    }

    private async Task LoopAsync()
    {
        using PeriodicTimer timer = new(_options.Interval, _time);
        try
        {
            do
            {
                await RoundAsync();
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            await RoundAsync();
        }
    }
}
