using MicroFirmware.Hardware;

namespace MicroFirmware.Micro.Flash;

/// <summary>What flashing is asked to do.</summary>
/// <param name="Nanoff">The program: a name on the path, or a file.</param>
/// <param name="Board">The board.</param>
/// <param name="Target">nanoff's target, where it is not the board's own.</param>
/// <param name="Port">The serial port.</param>
/// <param name="ClrFile">A nanoCLR image of one's own; null for nanoff's.</param>
/// <param name="Image">The application; null for none.</param>
/// <param name="Files">The JSON of a file deployment; null for none.</param>
/// <param name="Network">The JSON of a network deployment; null for none.</param>
/// <param name="IsErasing">Whether the whole flash is erased first.</param>
/// <param name="IsRuntimeKept">Whether the nanoCLR on the board stays as it is.</param>
internal sealed record FlashOptions(
    string Nanoff,
    Board Board,
    string? Target,
    string Port,
    string? ClrFile,
    string? Image,
    string? Files,
    string? Network,
    bool IsErasing,
    bool IsRuntimeKept);
