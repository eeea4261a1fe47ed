using MicroFirmware.Rigs;

namespace MicroFirmware.Mining.Tests.Rig;

/// <summary>
/// A scanner as a task on another core: it hashes with the clock, whether polled or not, and stops a little after it
/// was asked to. It fails the test when a header is hashed a second time.
/// </summary>
internal sealed class TaskScanner(VirtualHardware hardware, int hashesPerSecond = 500) : INonceScanner
{
    private const int StopDelayMs = 15;

    private readonly ReferenceScanner _inner = new();
    private readonly ScanProgress _progress = new();
    private readonly Queue<uint> _candidates = [];
    private readonly HashedOnce _seen = new();
    private ScanStatus _inside = ScanStatus.Idle;
    private long _hashedUntil;
    private long _stopAt = long.MaxValue;
    private uint _next;
    private long _unspent;

    public string Name => "task";

    public uint MaxThreshold { get; init; } = uint.MaxValue;

    public int PollIntervalMs => 20;

    public uint Threshold { get; private set; }

    /// <summary>Finds nothing, ever.</summary>
    public bool IsDeaf { get; init; }

    /// <summary>Hashes nothing any more.</summary>
    public bool IsStuck { get; set; }

    public void Start(byte[] header, uint firstNonce, uint lastNonce, uint threshold)
    {
        Assert.True(_inside is ScanStatus.Idle or ScanStatus.Finished && _candidates.Count == 0);
        Assert.InRange(threshold, 0u, MaxThreshold);
        _inner.Start(header, firstNonce, lastNonce, threshold);
        _seen.Begin(header);
        Threshold = threshold;
        _inside = ScanStatus.Running;
        _hashedUntil = hardware.NowMs;
        _stopAt = long.MaxValue;
        _next = firstNonce;
    }

    public ScanStatus Poll(uint budget, ScanProgress progress)
    {
        progress.Hashes = Advance();
        if (_candidates.TryDequeue(out uint nonce))
        {
            progress.Nonce = nonce;
            return ScanStatus.Candidate;
        }

        if (_inside == ScanStatus.Running && hardware.NowMs >= _stopAt)
        {
            _inner.Stop();
            _inside = ScanStatus.Idle;
        }

        progress.NextNonce = _next;
        return _inside;
    }

    public void Stop() => _stopAt = hardware.NowMs + StopDelayMs;

    public bool StepDown() => false;

    private uint Advance()
    {
        long until = Math.Min(hardware.NowMs, _stopAt);
        _unspent += IsStuck ? 0 : Math.Max(until - _hashedUntil, 0) * hashesPerSecond;
        long budget = _unspent / 1000;
        uint hashes = 0;
        _unspent %= 1000;
        _hashedUntil = Math.Max(until, _hashedUntil);
        while (_inside == ScanStatus.Running && hashes < budget)
        {
            ScanStatus status = _inner.Poll((uint)(budget - hashes), _progress);
            for (uint i = 0; i < _progress.Hashes && Threshold != 0; i++)
            {
                _seen.Add(_next + i);
            }

            hashes += _progress.Hashes;
            _next += _progress.Hashes;
            if (status == ScanStatus.Candidate && !IsDeaf)
            {
                _candidates.Enqueue(_progress.Nonce);
            }

            _inside = status == ScanStatus.Finished ? status : ScanStatus.Running;
        }

        return hashes;
    }
}
