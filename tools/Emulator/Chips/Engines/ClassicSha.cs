using MicroFirmware.Emulator.Chips.Buses;
using MicroFirmware.Hardware;

namespace MicroFirmware.Emulator.Chips.Engines;

/// <summary>
/// The ESP32's SHA engine (ESP32 TRM v5.6 §16). Words are SHA-256's own. Offsets as on the ESP32:
/// <code>
/// +0x00  TEXT_0..15  message; LOAD copies the digest into TEXT_0..7
/// +0x90  START       block with the initial state
/// +0x94  CONTINUE    block with the state that is in the engine
/// +0x98  LOAD        copies the state into TEXT
/// +0x9C  BUSY        1 while any of these is under way
/// </code>
/// </summary>
internal sealed class ClassicSha : ShaPeripheral
{
    private readonly uint[] _text = new uint[Compression.BlockWords];
    private readonly uint[] _textBeforeLoad = new uint[Compression.StateWords];
    private Operation _operation;

    public ClassicSha(IReadOnlyDictionary<string, uint> offsets, TimingPoint timing, HazardLog hazards)
        : base(timing, hazards) =>
        Registers = new RegisterMap()
            .Words(offsets["text"], "TEXT", Compression.BlockWords, ReadText, WriteText)
            .Word(offsets["start"], "START", write: (_, access) => Trigger(Operation.Start, access))
            .Word(offsets["continue"], "CONTINUE", write: (_, access) => Trigger(Operation.Continue, access))
            .Word(offsets["load"], "LOAD", write: (_, access) => Trigger(Operation.Load, access))
            .Word(offsets["busy"], "BUSY", read: access => IsBusy(access) ? 1u : 0u);

    private enum Operation
    {
        None,
        Start,
        Continue,
        Load,
    }

    public override RegisterMap Registers { get; }

    private uint ReadText(int index, BusAccess access)
    {
        if (!IsBusy(access))
        {
            return _text[index];
        }
        Punish(HazardKind.ReadBeforeDone, $"TEXT_{index}", access, BusyUntil);
        return _operation == Operation.Load && index < Compression.StateWords ? _textBeforeLoad[index] : _text[index];
    }

    private void WriteText(int index, uint word, BusAccess access)
    {
        if (IsBusy(access))
        {
            if (_operation == Operation.Load)
            {
                // The engine drives TEXT: the word does not get in.
                Punish(HazardKind.MessageDuringLoad, $"TEXT_{index}", access, BusyUntil);
                return;
            }
            // Overwriting is known to be safe some time after START; after CONTINUE only at the end.
            long allowedFrom = _operation == Operation.Start ? LatchedFrom(index) : BusyUntil;
            WriteMessage(index, word, allowedFrom, "TEXT", access);
        }
        _text[index] = word;
    }

    private void Trigger(Operation operation, BusAccess access)
    {
        if (IsBusy(access))
        {
            Punish(HazardKind.TriggerWhileBusy, operation.ToString().ToUpperInvariant(), access, BusyUntil);
            if (_operation != Operation.Load)
            {
                // The rounds that were still to come are lost.
                StateBefore.CopyTo(State);
            }
        }
        _operation = operation;
        if (operation == Operation.Load)
        {
            Array.Copy(_text, _textBeforeLoad, Compression.StateWords);
            State.CopyTo(_text, 0);
            BusyUntil = access.Cycle + Timing.Load;
            return;
        }
        Span<uint> from = stackalloc uint[Compression.StateWords];
        (operation == Operation.Start ? Compression.InitialState : State).CopyTo(from);
        StartBlock(from, _text, access);
    }
}
