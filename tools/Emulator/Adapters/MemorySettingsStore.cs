using System.Collections.Concurrent;
using MicroFirmware.Mining;

namespace MicroFirmware.Emulator.Adapters;

/// <summary>The internal drive of a virtual board that lives as long as its process.</summary>
public sealed class MemorySettingsStore : ISettingsStore
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new();

    /// <inheritdoc/>
    public byte[]? Read(string name) => _files.TryGetValue(name, out byte[]? content) ? [.. content] : null;

    /// <inheritdoc/>
    public bool Write(string name, byte[] content)
    {
        _files[name] = [.. content];
        return true;
    }
}
