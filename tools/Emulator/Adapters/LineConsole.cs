using MicroFirmware.Mining;

namespace MicroFirmware.Emulator.Adapters;

/// <summary>The console of a virtual board at which nobody types: lines go to whoever listens.</summary>
/// <param name="onLine">Called on the board's thread; must not block.</param>
public sealed class LineConsole(Action<string> onLine) : IConsole
{
    /// <inheritdoc/>
    public int Read(byte[] buffer) => 0;

    /// <inheritdoc/>
    public void WriteLine(string text) => onLine(text);
}
