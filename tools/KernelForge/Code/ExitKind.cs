namespace MicroFirmware.KernelForge.Code;

/// <summary>Why the straight line is left.</summary>
internal enum ExitKind
{
    /// <summary>A candidate of the engine's stream.</summary>
    HardwareHit,

    /// <summary>A candidate of the software stream.</summary>
    SoftwareHit,

    /// <summary>The byte-swapped nonce counted past its top octet.</summary>
    NonceCarry,
}
