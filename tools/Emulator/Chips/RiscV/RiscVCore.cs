using MicroFirmware.Emulator.Chips.Buses;
using MicroFirmware.Emulator.Chips.Cores;

namespace MicroFirmware.Emulator.Chips.RiscV;

/// <summary>
/// An RV32IMC core with the ilp32 ABI. Not implemented: traps (they are faults), interrupts, privilege levels,
/// control and status registers other than the cycle and instruction counters.
/// </summary>
internal sealed class RiscVCore(Bus bus, BusTimer timer) : Core(RiscVInstructions.Shared, bus, timer)
{
    private const byte Ra = 1;
    private const byte Sp = 2;
    private const byte A0 = 10;

    public override uint Result => this[A0];

    protected override void PassArguments(uint stack, ReadOnlySpan<uint> arguments)
    {
        this[Ra] = ReturnAddress;
        this[Sp] = stack;
        for (int i = 0; i < arguments.Length; i++)
        {
            this[(byte)(A0 + i)] = arguments[i];
        }
    }
}
