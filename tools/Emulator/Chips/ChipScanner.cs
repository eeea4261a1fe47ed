using MicroFirmware.Hardware;
using MicroFirmware.Mining;

namespace MicroFirmware.Emulator.Chips;

/// <summary>
/// The firmware's scanner port on an emulated chip: every nonce is tried by the scanner's machine code on the core that
/// nanoFramework leaves free. Hashes only while it is polled, exactly as many nonces as the poll's budget.
/// <para>Not emulated: the second core's software stream, and the managed code beside the scanner.</para>
/// </summary>
public sealed class ChipScanner : INonceScanner
{
    /// <summary>Far more than the slowest scanner needs for one nonce, or for setting up.</summary>
    private const long CyclesPerNonce = 200_000;

    private readonly EmulatedChip _chip;
    private readonly KernelLadder _ladder;
    private readonly Queue<uint> _found = new();
    private byte[] _header = [];
    private KernelCore _core;
    private uint _threshold;
    private ulong _next;
    private uint _last;
    private State _state;

    /// <summary>Makes a chip and puts its fastest scanner that passes the self-test on it.</summary>
    /// <param name="chip">The chip.</param>
    /// <param name="kernel">A certain scanner instead; null for the ladder.</param>
    /// <param name="timing">Timing point; null for the chip's default.</param>
    /// <exception cref="KeyNotFoundException">The chip has no such scanner; the message lists those it has.</exception>
    /// <exception cref="InvalidOperationException">No scanner of the chip passes its self-test.</exception>
    public ChipScanner(Chip chip, string? kernel = null, TimingPoint? timing = null)
    {
        _chip = new EmulatedChip(chip, timing);
        _ladder = new KernelLadder(chip, _chip.Timing, kernel);
        _core = _ladder.Next()
            ? LoadRung()
            : throw new InvalidOperationException($"No scanner of {chip.Id} passes its self-test.");
    }

    private enum State
    {
        Idle,
        Running,
        Stopping,
    }

    /// <summary>Chip and scanner, such as <c>esp32-exact</c>.</summary>
    public string Name => $"{_core.Image.Chip}-{_core.Image.Kernel}";

    /// <summary>The scanners drop hashes whose top 16 bits are not zero.</summary>
    public uint MaxThreshold => KernelCore.MaxThreshold;

    /// <summary>Hashes only while it is polled.</summary>
    public int PollIntervalMs => 0;

    /// <summary>Accesses that real hardware would have punished, since the chip was made.</summary>
    public long Hazards => _chip.Hazards.Count;

    /// <inheritdoc/>
    public void Start(byte[] header, uint firstNonce, uint lastNonce, uint threshold)
    {
        if (_state != State.Idle || firstNonce > lastNonce)
        {
            throw new InvalidOperationException("A scan is under way, or its range is empty.");
        }
        _header = [.. header];
        _threshold = threshold;
        _next = firstNonce;
        _last = lastNonce;
        _found.Clear();
        _state = State.Running;
    }

    /// <inheritdoc/>
    public ScanStatus Poll(uint budget, ScanProgress progress)
    {
        progress.Hashes = 0;
        if (_state == State.Running && _found.Count == 0 && !IsDone && !Scan(Math.Max(1, budget), progress))
        {
            _state = State.Idle;
            return ScanStatus.Failed;
        }
        progress.NextNonce = (uint)_next;
        if (_state != State.Idle && _found.TryDequeue(out uint nonce))
        {
            progress.Nonce = nonce;
            return ScanStatus.Candidate;
        }
        return End();
    }

    /// <inheritdoc/>
    public void Stop()
    {
        if (_state == State.Running)
        {
            _state = State.Stopping;
        }
    }

    /// <inheritdoc/>
    public bool StepDown()
    {
        if (!_ladder.Next())
        {
            return false;
        }
        _core = LoadRung();
        return true;
    }

    private bool IsDone => _next > _last;

    private KernelCore LoadRung() => new(_chip, _chip.Description.Cores.Free ?? 0, _ladder.Current!);

    private ScanStatus End()
    {
        ScanStatus status = _state != State.Running ? ScanStatus.Idle
            : IsDone ? ScanStatus.Finished
            : ScanStatus.Running;
        _state = status == ScanStatus.Running ? State.Running : State.Idle;
        return status;
    }

    /// <summary>Scans the next nonces, again on a safer rung when the chip's own check disagrees.</summary>
    /// <returns>False when no rung is left.</returns>
    private bool Scan(uint budget, ScanProgress progress)
    {
        uint count = (uint)Math.Min(budget, _last - _next + 1);
        while (true)
        {
            _core.Start(_header, (uint)_next, count, _threshold);
            _core.RunToEnd((count + 1) * CyclesPerNonce);
            KernelRange range = _core.ReadRange();
            if (range.Mismatches == 0)
            {
                progress.Hashes = count - range.Count;
                _next += progress.Hashes;
                Enqueue(range.Nonces);
                return true;
            }
            if (!StepDown())
            {
                return false;
            }
        }
    }

    private void Enqueue(IReadOnlyList<uint> nonces)
    {
        foreach (uint nonce in nonces)
        {
            _found.Enqueue(nonce);
        }
    }
}
