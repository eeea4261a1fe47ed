namespace MicroFirmware.Emulator.Chips.Buses;

/// <summary>When and from where a register is touched.</summary>
/// <param name="Cycle">CPU cycle at which a write arrives, or at which a read samples.</param>
/// <param name="Pc">Address of the instruction.</param>
internal readonly record struct BusAccess(long Cycle, uint Pc);
