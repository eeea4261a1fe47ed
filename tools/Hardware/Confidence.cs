namespace MicroFirmware.Hardware;

/// <summary>How sure a chip's timing figures are.</summary>
public enum Confidence
{
    /// <summary>Another chip's figures, a guess.</summary>
    Borrowed,

    /// <summary>Fits the few rates that were published.</summary>
    Weak,

    /// <summary>Reproduces several independent published rates.</summary>
    Good,
}
