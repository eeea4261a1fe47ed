using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Storage;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Rewards;

/// <summary>
/// Goes from the share store to the ledger every few seconds: first the work, then the blocks that it found. Shares
/// never wait for it. Another rule is in force after the round that follows its setting: what was proven before is
/// booked by the rule before.
/// </summary>
internal sealed class RewardDesk : IAsyncDisposable
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(500);

    private readonly WorkBooking _work;
    private readonly MinerAccounts _miners;
    private readonly CoinbaseSplit _split;
    private readonly BlockSettlement _settlement;
    private readonly BlockDesk _blocks;
    private readonly JobBoard _jobs;
    private readonly Live<RewardOptions> _inForce;
    private readonly Live<GatewayOptions> _wanted;
    private readonly PeriodicTimer _timer;
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
        Live<RewardOptions> inForce,
        Live<GatewayOptions> wanted,
        TimeProvider time,
        ILogger<RewardDesk> log)
    {
        (_work, _miners, _split, _settlement, _blocks) = (work, miners, split, settlement, blocks);
        (_jobs, _inForce, _wanted, _log) = (jobs, inForce, wanted, log);
        _timer = new PeriodicTimer(inForce.Now.Interval, time);
        _blocks.Found += _settlement.Note;
        _blocks.Settled += _settlement.Take;
        _wanted.Changed += Hurry;
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
            _inForce.Put(_wanted.Now.Rewards);
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
        _wanted.Changed -= Hurry;
        _blocks.Found -= _settlement.Note;
        _blocks.Settled -= _settlement.Take;
        await _stop.CancelAsync();
        await _loop;
        _timer.Dispose();
        _stop.Dispose();
        _one.Dispose();
    }

    /// <summary>What is set from now on is in force when all before it is booked: the next round is soon.</summary>
    private void Hurry(GatewayOptions options)
    {
        if (options.Rewards != _inForce.Now)
        {
            _timer.Period = s_soon;
        }
    }

    private void Retime()
    {
        TimeSpan period = _wanted.Now.Rewards == _inForce.Now ? _inForce.Now.Interval : s_soon;

        // Setting it begins the wait anew, so it is set where it is another one only.
        if (_timer.Period != period)
        {
            _timer.Period = period;
        }
    }

    private async Task LoopAsync()
    {
        try
        {
            do
            {
                await RoundAsync();
                Retime();
            }
            while (await _timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            await RoundAsync();
        }
    }
}
