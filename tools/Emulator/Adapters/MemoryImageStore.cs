using MicroFirmware.Appliance;

namespace MicroFirmware.Emulator.Adapters;

/// <summary>The two slots of a virtual board that live as long as its process.</summary>
public sealed class MemoryImageStore : IImageStore
{
    private readonly MemoryStream[] _slots = [new(), new()];

    /// <inheritdoc/>
    public string Target => "stock";

    /// <inheritdoc/>
    public bool Erase(int slot)
    {
        _slots[slot].SetLength(0);
        return true;
    }

    /// <inheritdoc/>
    public bool Append(int slot, byte[] octets, int count)
    {
        _slots[slot].Seek(0, SeekOrigin.End);
        _slots[slot].Write(octets, 0, count);
        return true;
    }

    /// <inheritdoc/>
    public int Read(int slot, int offset, byte[] buffer)
    {
        _slots[slot].Seek(offset, SeekOrigin.Begin);
        return _slots[slot].Read(buffer);
    }
}
