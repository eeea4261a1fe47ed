using System.Buffers.Binary;
using MicroFirmware.Emulator.Chips.Buses;
using MicroFirmware.Hardware;

namespace MicroFirmware.Emulator.Chips.Engines;

/// <summary>
/// The SHA engine of the S2, S3, C2, C3, C6 and later chips (ESP32-S3 TRM v1.7 §20, ESP32-C6 TRM v1.1 §23). Its
/// registers hold octets as they lie in memory: every word is byte-swapped against SHA-256's own. Offsets as on the S3:
/// <code>
/// +0x00  MODE      2 = SHA-256
/// +0x10  START     block with the initial state
/// +0x14  CONTINUE  block with the state in H
/// +0x18  BUSY      1 while a block is under way
/// +0x40  H_0..7    state, readable and writable
/// +0x80  M_0..15   message
/// </code>
/// </summary>
internal sealed class MemorySha : ShaPeripheral
{
    private const uint ModeSha256 = 2;

    private readonly uint[] _message = new uint[Compression.BlockWords];
    private uint _mode;

    public MemorySha(IReadOnlyDictionary<string, uint> offsets, TimingPoint timing, HazardLog hazards)
        : base(timing, hazards) =>
        Registers = new RegisterMap()
            .Word(offsets["mode"], "MODE", read: _ => _mode, write: (value, _) => _mode = value & 7)
            .Word(offsets["start"], "START", write: (_, access) => Trigger("START", Compression.InitialState, access))
            .Word(offsets["continue"], "CONTINUE", write: (_, access) => Trigger("CONTINUE", State, access))
            .Word(offsets["busy"], "BUSY", read: access => IsBusy(access) ? 1u : 0u)
            .Words(offsets["state"], "H", Compression.StateWords, ReadState, WriteState)
            .Words(offsets["message"], "M", Compression.BlockWords, (index, _) => _message[index], WriteMessageWord);

    public override RegisterMap Registers { get; }

    private uint ReadState(int index, BusAccess access)
    {
        uint word = State[index];
        if (IsBusy(access))
        {
            Punish(HazardKind.ReadBeforeDone, $"H_{index}", access, BusyUntil);
            word = StateBefore[index];
        }
        return BinaryPrimitives.ReverseEndianness(word);
    }

    private void WriteState(int index, uint word, BusAccess access)
    {
        if (IsBusy(access))
        {
            // The engine writes H at its end: the word does not survive.
            Punish(HazardKind.StateWhileBusy, $"H_{index}", access, BusyUntil);
            return;
        }
        State[index] = BinaryPrimitives.ReverseEndianness(word);
    }

    private void WriteMessageWord(int index, uint word, BusAccess access)
    {
        uint own = BinaryPrimitives.ReverseEndianness(word);
        WriteMessage(index, own, LatchedFrom(index), "M", access);
        _message[index] = word;
    }

    private void Trigger(string register, ReadOnlySpan<uint> state, BusAccess access)
    {
        Span<uint> from = stackalloc uint[Compression.StateWords];
        state.CopyTo(from);
        if (IsBusy(access))
        {
            // The rounds that were still to come are lost.
            Punish(HazardKind.TriggerWhileBusy, register, access, BusyUntil);
            StateBefore.CopyTo(from);
        }
        if (_mode != ModeSha256)
        {
            Punish(HazardKind.WrongMode, register, access, access.Cycle);
            return;
        }
        Span<uint> message = stackalloc uint[Compression.BlockWords];
        Compression.SwapOctets(_message, message);
        StartBlock(from, message, access);
    }
}
