using MicroFirmware.Hardware;

namespace MicroFirmware.KernelForge.Timing;

/// <summary>
/// Counts the accesses that a SHA engine punishes; when the engine is busy is all it knows of hashing.
/// </summary>
internal sealed class EngineRules(ShaEngine engine, TimingPoint timing)
{
    private const int WordOctets = 4;
    private const int MessageWords = 16;
    private const int StateWords = 8;

    private readonly int _message = Offset(engine, engine.Engine == ShaEngineKind.Classic ? "text" : "message");
    private readonly int _start = Offset(engine, "start");
    private readonly int _continue = Offset(engine, "continue");
    private readonly int _load = engine.Engine == ShaEngineKind.Classic ? Offset(engine, "load") : -1;
    private readonly int _busy = Offset(engine, "busy");
    private readonly int _state = engine.Engine == ShaEngineKind.Memory ? Offset(engine, "state") : int.MinValue / 2;
    private long _busyUntil;
    private long _latched = long.MinValue / 2;

    /// <summary>Accesses punished so far.</summary>
    public int Hazards { get; private set; }

    /// <summary>A write arrives.</summary>
    public void Write(int offset, long at)
    {
        if (offset == _start || offset == _continue || offset == _load)
        {
            Punish(at < _busyUntil);
            Trigger(offset, at);
        }
        else if (IsMessage(offset))
        {
            // _latched is when word 0 was taken; where nothing may be replaced it is the end.
            var from = Math.Min(_busyUntil, _latched + (offset - _message) / WordOctets);
            Punish(at < from);
        }
        else if (offset >= _state && offset < _state + StateWords * WordOctets)
        {
            Punish(at < _busyUntil);
        }
    }

    /// <summary>A read samples.</summary>
    public void Read(int offset, long at) => Punish(offset != _busy && at < _busyUntil);

    /// <summary>What BUSY reads as.</summary>
    public bool IsBusy(long at) => at < _busyUntil;

    private static int Offset(ShaEngine engine, string register) => (int)engine.Registers[register];

    private bool IsMessage(int offset) => offset >= _message && offset < _message + MessageWords * WordOctets;

    private void Trigger(int offset, long at)
    {
        _busyUntil = at + (offset == _load ? timing.Load : timing.Block);
        var isReplaceable = engine.Engine == ShaEngineKind.Memory || offset == _start;
        _latched = isReplaceable ? at + timing.Latch : _busyUntil;
    }

    private void Punish(bool wrong) => Hazards += wrong ? 1 : 0;
}
