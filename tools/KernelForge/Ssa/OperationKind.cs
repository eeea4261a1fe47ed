namespace MicroFirmware.KernelForge.Ssa;

/// <summary>What an operation does. Everything is 32 bits wide and wraps.</summary>
internal enum OperationKind
{
    /// <summary>Sum of two.</summary>
    Add,

    /// <summary>Exclusive or of two.</summary>
    Xor,

    /// <summary>And of two.</summary>
    And,

    /// <summary>Or of two.</summary>
    Or,

    /// <summary>Sets the shift-amount register; the amount counts for the rotations that follow.</summary>
    SetShift,

    /// <summary>Rotation to the right by what the shift-amount register holds.</summary>
    Rotate,

    /// <summary>Logical shift to the right by a fixed amount.</summary>
    ShiftRight,

    /// <summary>Shift to the left by a fixed amount.</summary>
    ShiftLeft,

    /// <summary>Takes the next nonce of the software stream from the block and counts it on.</summary>
    NextNonce,

    /// <summary>Notes a candidate if the low half of its source is zero.</summary>
    TestLowHalf,
}
