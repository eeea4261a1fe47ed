namespace MicroFirmware.Appliance.Tests.Rig;

/// <summary>
/// A scanner that hashes nothing: with work in which every hash is a share it reports a nonce now and then, which is
/// all that a schedule of faults needs of it. It runs by itself, as a task on another core.
/// </summary>
internal sealed class PlantedScanner(VirtualHardware hardware) : INonceScanner
{
    private const int HashesPerMs = 2;
    private const uint TrialOffset = 5;

    private bool _isRunning;
    private bool _isTrial;
    private bool _hasTrialEnded;
    private uint _next;
    private long _hashedAt;
    private long _shareAt;

    public string Name => "planted";

    public uint MaxThreshold => uint.MaxValue;

    public int PollIntervalMs => 500;

    /// <summary>Time between shares.</summary>
    public int ShareMs { get; set; } = 4000;

    /// <summary>Hangs: nothing is hashed, nothing reported.</summary>
    public bool IsStuck { get; set; }

    /// <summary>Hangs until it is started anew.</summary>
    public bool IsStuckOnce { get; set; }

    public long NextShareAt => _isRunning && !IsStuck ? _shareAt : long.MaxValue;

    public void Start(byte[] header, uint firstNonce, uint lastNonce, uint threshold)
    {
        Assert.False(_isRunning);
        _isRunning = true;
        _isTrial = threshold == 0;
        _hasTrialEnded = false;
        _next = firstNonce;
        _hashedAt = hardware.NowMs;
        IsStuckOnce = IsStuckOnce && !_isTrial;
    }

    public ScanStatus Poll(uint budget, ScanProgress progress)
    {
        progress.Hashes = 0;
        progress.NextNonce = _next;
        if (!_isRunning)
        {
            return ScanStatus.Idle;
        }

        if (_isTrial)
        {
            return PollTrial(progress);
        }

        if (IsStuck || IsStuckOnce)
        {
            return ScanStatus.Running;
        }

        progress.Hashes = (uint)((hardware.NowMs - _hashedAt) * HashesPerMs) + 1;
        progress.Nonce = _next;
        _next += progress.Hashes;
        progress.NextNonce = _next;
        _hashedAt = hardware.NowMs;
        if (hardware.NowMs < _shareAt)
        {
            return ScanStatus.Running;
        }

        _shareAt = hardware.NowMs + ShareMs;
        return ScanStatus.Candidate;
    }

    public void Stop() => _isRunning = false;

    public bool StepDown() => false;

    private ScanStatus PollTrial(ScanProgress progress)
    {
        progress.Hashes = 1;
        progress.Nonce = _next + TrialOffset;
        ScanStatus status = _hasTrialEnded ? ScanStatus.Finished : ScanStatus.Candidate;
        _isRunning = !_hasTrialEnded;
        _hasTrialEnded = true;
        return IsStuck ? ScanStatus.Failed : status;
    }
}
