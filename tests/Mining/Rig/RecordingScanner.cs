using MicroFirmware.Rigs;

namespace MicroFirmware.Mining.Tests.Rig;

/// <summary>
/// A managed scanner that takes time: a fixed number of hashes per second of the board's clock. It fails the test
/// when a header is hashed a second time.
/// </summary>
internal sealed class RecordingScanner(VirtualHardware hardware, int hashesPerSecond = 500) : INonceScanner
{
    private readonly UnrolledScanner _inner = new();
    private readonly HashedOnce _seen = new();
    private string _header = "";
    private bool _isTrial;
    private uint _next;
    private long _unpaid;

    public string Name { get; set; } = "recording";

    public uint MaxThreshold => uint.MaxValue;

    public int PollIntervalMs => 0;

    public long HashedAt { get; private set; }

    public string Header => _header;

    /// <summary>Reports this nonce instead of the right one.</summary>
    public Func<uint, uint> Lie { get; set; } = nonce => nonce;

    /// <summary>Hashed headers, those of trials apart.</summary>
    public int Count => _seen.Count;

    public bool CanStepDown { get; set; }

    public void Start(byte[] header, uint firstNonce, uint lastNonce, uint threshold)
    {
        _header = Convert.ToHexString(header);
        _seen.Begin(header);
        _isTrial = threshold == 0;
        _next = firstNonce;
        _inner.Start(header, firstNonce, lastNonce, threshold);
    }

    public ScanStatus Poll(uint budget, ScanProgress progress)
    {
        ScanStatus status = _inner.Poll(budget, progress);
        for (uint i = 0; i < progress.Hashes && !_isTrial; i++)
        {
            _seen.Add(_next++);
        }

        if (progress.Hashes > 0)
        {
            HashedAt = hardware.NowMs;
            _unpaid += progress.Hashes * 1000;
            hardware.NowMs += _unpaid / hashesPerSecond;
            _unpaid %= hashesPerSecond;
        }

        progress.Nonce = _isTrial ? progress.Nonce : Lie(progress.Nonce);
        return status;
    }

    public void Stop() => _inner.Stop();

    public bool StepDown()
    {
        Lie = nonce => nonce;
        return CanStepDown;
    }
}
