namespace MicroFirmware.Emulator.Chips.Engines;

/// <summary>A register access that real hardware punishes with a wrong digest.</summary>
public enum HazardKind
{
    /// <summary>START, CONTINUE or LOAD while the engine is busy.</summary>
    TriggerWhileBusy,

    /// <summary>A message word replaced before the engine had taken it.</summary>
    MessageBeforeLatch,

    /// <summary>A message word written while LOAD copies the digest (classic engine).</summary>
    MessageDuringLoad,

    /// <summary>A digest word read before it stood.</summary>
    ReadBeforeDone,

    /// <summary>A state word written while the engine is busy (memory engine).</summary>
    StateWhileBusy,

    /// <summary>A block started while MODE does not say SHA-256 (memory engine).</summary>
    WrongMode,
}
