namespace MicroFirmware.Hardware;

/// <summary>A board as hardware/boards describes it, with its chip.</summary>
public sealed record Board
{
    /// <summary>Id, such as <c>xiao-esp32s3</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The chip it inherits from.</summary>
    public required Chip Chip { get; init; }

    /// <summary>Flash size in MB.</summary>
    public required int FlashMegabytes { get; init; }

    /// <summary>PSRAM size in MB; 0 without.</summary>
    public required int PsramMegabytes { get; init; }

    /// <summary><c>nanoff --target</c>: the board's own or its chip's.</summary>
    public required string Nanoff { get; init; }

    /// <summary>The USB socket.</summary>
    public required UsbBridge Usb { get; init; }

    /// <summary>Function to GPIO number; a name that ends in <c>Low</c> is active low.</summary>
    public required IReadOnlyDictionary<string, int> Pins { get; init; }
}
