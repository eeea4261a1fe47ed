namespace MicroFirmware.Hardware;

/// <summary>How a chip's SHA accelerator is driven.</summary>
public enum ShaEngineKind
{
    /// <summary>
    /// ESP32: message and digest share TEXT, LOAD copies the digest out, a midstate cannot be put in
    /// (ESP32 TRM 5.6 chapter 16).
    /// </summary>
    Classic,

    /// <summary>S2 and later: separate message and state memory, the state is writable (ESP32-S3 TRM 1.7).</summary>
    Memory,
}
