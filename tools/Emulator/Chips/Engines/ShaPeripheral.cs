using MicroFirmware.Emulator.Chips.Buses;
using MicroFirmware.Hardware;

namespace MicroFirmware.Emulator.Chips.Engines;

/// <summary>
/// What both SHA engines have in common. The digest is computed when a trigger arrives; the busy time only decides what
/// an access sees meanwhile. An access that comes too early is counted and gets, or leaves behind, what the hardware
/// would: the old digest, or a digest of the message as it was changed under way.
/// <para>Not implemented: SHA-1, SHA-224 and the long variants, DMA, interrupts, the clock gate.</para>
/// </summary>
internal abstract class ShaPeripheral(TimingPoint timing, HazardLog hazards)
{
    private readonly uint[] _stateBefore = new uint[Compression.StateWords];
    private readonly uint[] _taken = new uint[Compression.BlockWords];
    private long _blockArrival = long.MinValue / 2;

    protected TimingPoint Timing { get; } = timing;

    /// <summary>First cycle at which the engine is idle again.</summary>
    protected long BusyUntil { get; set; }

    /// <summary>The state, in SHA-256's own words.</summary>
    protected uint[] State { get; } = new uint[Compression.StateWords];

    /// <summary>The state before the block that is under way: what an early read sees.</summary>
    protected ReadOnlySpan<uint> StateBefore => _stateBefore;

    /// <summary>The register map; offsets come from the chip's description.</summary>
    public abstract RegisterMap Registers { get; }

    /// <summary>Makes the engine that a chip has.</summary>
    public static ShaPeripheral Create(ShaEngine engine, TimingPoint timing, HazardLog hazards) =>
        engine.Engine == ShaEngineKind.Classic
            ? new ClassicSha(engine.Registers, timing, hazards)
            : new MemorySha(engine.Registers, timing, hazards);

    protected bool IsBusy(BusAccess access) => access.Cycle < BusyUntil;

    /// <summary>Counts a hazard.</summary>
    protected void Punish(HazardKind kind, string register, BusAccess access, long allowedFrom) =>
        hazards.Add(new Hazard(kind, register, access.Pc, access.Cycle, allowedFrom - access.Cycle));

    /// <summary>Adds a block to a starting state.</summary>
    protected void StartBlock(ReadOnlySpan<uint> from, ReadOnlySpan<uint> message, BusAccess access)
    {
        from.CopyTo(_stateBefore);
        message.CopyTo(_taken);
        _blockArrival = access.Cycle;
        BusyUntil = access.Cycle + Timing.Block;
        Compress();
    }

    /// <summary>
    /// A message word is written. While a block runs, a word that the engine has not taken yet changes the digest.
    /// </summary>
    protected void WriteMessage(int index, uint word, long allowedFrom, string register, BusAccess access)
    {
        if (access.Cycle >= BusyUntil || access.Cycle >= allowedFrom)
        {
            return;
        }
        Punish(HazardKind.MessageBeforeLatch, $"{register}_{index}", access, allowedFrom);
        _taken[index] = word;
        Compress();
    }

    /// <summary>From when a message word of the running block may be replaced.</summary>
    protected long LatchedFrom(int index) => _blockArrival + Timing.Latch + index;

    private void Compress()
    {
        _stateBefore.CopyTo(State, 0);
        Compression.Compress(State, _taken);
    }
}
