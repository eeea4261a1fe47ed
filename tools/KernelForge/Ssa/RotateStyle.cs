namespace MicroFirmware.KernelForge.Ssa;

/// <summary>How a target rotates.</summary>
internal enum RotateStyle
{
    /// <summary>Xtensa: SSAI sets the amount once for several SRC; the order of rotations decides how often.</summary>
    ShiftAmountRegister,

    /// <summary>RV32 without Zbb: two shifts and an or.</summary>
    TwoShifts,
}
