namespace MicroFirmware.KernelForge.Code;

/// <summary>What the scheduler has to know of an instruction.</summary>
internal enum InstructionKind
{
    /// <summary>Computes; includes moves and constants.</summary>
    Compute,

    /// <summary>Sets the shift-amount register.</summary>
    SetShift,

    /// <summary>Rotates by the shift-amount register.</summary>
    Rotate,

    /// <summary>Loads from the frame or from beside the code: its result is ready one instruction later.</summary>
    Load,

    /// <summary>Stores to the frame.</summary>
    Store,

    /// <summary>Writes a register of the engine.</summary>
    EngineWrite,

    /// <summary>Reads a register of the engine.</summary>
    EngineRead,

    /// <summary>Waits for posted writes.</summary>
    Fence,

    /// <summary>Leaves the straight line if a condition holds, which is rare: a taken branch over a jump.</summary>
    Exit,

    /// <summary>Reads BUSY again while it is set: a branch that is usually not taken.</summary>
    Poll,
}
