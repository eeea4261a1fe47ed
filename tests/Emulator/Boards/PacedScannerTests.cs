using MicroFirmware.Emulator.Boards;
using MicroFirmware.Mining;

namespace MicroFirmware.Emulator.Tests.Boards;

public class PacedScannerTests
{
    private readonly ManualTime _time = new();
    private readonly ScanProgress _progress = new();
    private readonly CountingScanner _inner;
    private readonly PacedScanner _scanner;

    public PacedScannerTests()
    {
        _inner = new CountingScanner(_time);
        _scanner = new PacedScanner(_inner, new ScanPace(0.1, double.PositiveInfinity), _time);
        _time.AdvanceMs(10_000);
        _scanner.Start([], 0, uint.MaxValue, 0);
    }

    [Fact]
    public void A_slice_is_followed_by_a_pause_in_proportion()
    {
        SpendCredit();
        _inner.BusyMs = 5;

        Assert.Equal(ScanStatus.Running, _scanner.Poll(100, _progress));
        Assert.Equal(100u, _progress.Hashes);
        Assert.InRange(_scanner.PollIntervalMs, 44, 46);

        Assert.Equal(ScanStatus.Running, _scanner.Poll(100, _progress));
        Assert.Equal(0u, _progress.Hashes);

        _time.AdvanceMs(_scanner.PollIntervalMs);
        _scanner.Poll(100, _progress);
        Assert.Equal(100u, _progress.Hashes);
    }

    [Fact]
    public void A_slice_costs_no_more_than_a_second()
    {
        SpendCredit();
        _inner.BusyMs = 5;

        Assert.Equal(ScanStatus.Running, _scanner.Poll(100_000, _progress));
        Assert.Equal(1000u, _progress.Hashes);
    }

    [Fact]
    public void A_held_scanner_hashes_nothing_and_can_still_be_stopped()
    {
        _scanner.Hold();
        _scanner.Poll(100, _progress);
        Assert.Equal(0u, _progress.Hashes);
        Assert.True(_scanner.PollIntervalMs > 0);

        _scanner.Stop();
        Assert.Equal(ScanStatus.Idle, _scanner.Poll(100, _progress));
    }

    [Fact]
    public void A_stop_is_not_paced()
    {
        SpendCredit();
        _inner.BusyMs = 50;
        _scanner.Poll(100, _progress);

        _scanner.Stop();

        Assert.Equal(ScanStatus.Idle, _scanner.Poll(100, _progress));
    }

    /// <summary>Uses up what an idle start may catch up.</summary>
    private void SpendCredit()
    {
        _inner.BusyMs = 100;
        _scanner.Poll(1000, _progress);
        _time.AdvanceMs(_scanner.PollIntervalMs);
    }

    /// <summary>Hashes nothing, takes the time it is told to, and counts.</summary>
    private sealed class CountingScanner(ManualTime time) : INonceScanner
    {
        private bool _isRunning;

        public int BusyMs { get; set; }

        public string Name => "counting";

        public uint MaxThreshold => uint.MaxValue;

        public int PollIntervalMs => 0;

        public void Start(byte[] header, uint firstNonce, uint lastNonce, uint threshold) => _isRunning = true;

        public ScanStatus Poll(uint budget, ScanProgress progress)
        {
            progress.Hashes = _isRunning ? budget : 0;
            time.AdvanceMs(BusyMs);
            return _isRunning ? ScanStatus.Running : ScanStatus.Idle;
        }

        public void Stop() => _isRunning = false;

        public bool StepDown() => false;
    }
}
