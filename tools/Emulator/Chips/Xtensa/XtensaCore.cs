using MicroFirmware.Emulator.Chips.Buses;
using MicroFirmware.Emulator.Chips.Cores;

namespace MicroFirmware.Emulator.Chips.Xtensa;

/// <summary>
/// An Xtensa LX core as in the ESP32 family, little-endian, with the call0 ABI. Not implemented (each is a fault that
/// names the instruction): register windows, exceptions and interrupts, floating point, booleans, MAC16, the MMU.
/// </summary>
internal sealed unsafe class XtensaCore(Bus bus, BusTimer timer) : Core(XtensaInstructions.Shared, bus, timer)
{
    private const byte ReturnRegister = 0;
    private const byte StackRegister = 1;
    private const byte FirstArgument = 2;

    /// <summary>By the end of a loop: the routine of the instruction in front of it.</summary>
    private readonly Dictionary<uint, nint> _lastOfLoop = [];

    private uint _loopEnd;

    /// <summary>
    /// Remembers where the zero-overhead loop ends. The instruction that ends there is decoded anew, wrapped so that it
    /// goes round; all others run without a look at the loop registers.
    /// </summary>
    public void SetLoopEnd(uint address)
    {
        this[SpecialRegister.LoopEnd] = address;
        if (address != _loopEnd && Bus.TryFindMemory(address - 1, out Memory? memory, out uint origin))
        {
            memory.Forget(address - 1 - origin, 1);
        }
        _loopEnd = address;
    }

    public override uint Result => this[FirstArgument];

    protected override void PassArguments(uint stack, ReadOnlySpan<uint> arguments)
    {
        this[ReturnRegister] = ReturnAddress;
        this[StackRegister] = stack;
        for (int i = 0; i < arguments.Length; i++)
        {
            this[(byte)(FirstArgument + i)] = arguments[i];
        }
    }

    protected override void Decoded(ref Op op, uint pc)
    {
        if (pc + op.Length == _loopEnd)
        {
            _lastOfLoop[_loopEnd] = (nint)op.Execute;
            op.Execute = &EndOfLoop;
        }
    }

    /// <summary>Zero-overhead loop (Xtensa ISA §4.3.2): goes back when the end is reached by falling through.</summary>
    private static void EndOfLoop(Core c, ref Op o)
    {
        uint end = c.Pc;
        ((delegate*<Core, ref Op, void>)((XtensaCore)c)._lastOfLoop[end])(c, ref o);
        if (c.Pc == end && end == c[SpecialRegister.LoopEnd] && c[SpecialRegister.LoopCount] != 0)
        {
            c[SpecialRegister.LoopCount]--;
            c.Pc = c[SpecialRegister.LoopBegin];
        }
    }
}
