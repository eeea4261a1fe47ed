namespace MicroFirmware.Hardware;

/// <summary>Instruction set of a chip's cores.</summary>
public enum Isa
{
    /// <summary>Xtensa LX6 (ESP32), little-endian.</summary>
    XtensaLx6,

    /// <summary>Xtensa LX7 (ESP32-S2, ESP32-S3), little-endian.</summary>
    XtensaLx7,

    /// <summary>32-bit RISC-V with multiplication and compressed instructions.</summary>
    Rv32imc,
}
