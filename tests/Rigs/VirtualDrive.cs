using MicroFirmware.Mining;

namespace MicroFirmware.Rigs;

/// <summary>The internal drive: it outlives restarts, and can fail or lose power at any octet of a write.</summary>
internal sealed class VirtualDrive : ISettingsStore
{
    private readonly Dictionary<string, byte[]> _files = [];

    /// <summary>Writes fail; files stay as they were.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Writes fail and leave half of the new content.</summary>
    public bool IsTorn { get; set; }

    /// <summary>Octets that are written before the power goes; null for never.</summary>
    public int? PowerAfter { get; set; }

    public int Writes { get; private set; }

    public byte[]? this[string name]
    {
        get => _files.GetValueOrDefault(name);
        set => _files[name] = value!;
    }

    public byte[] Read(string name) => (byte[])_files.GetValueOrDefault(name)?.Clone()!;

    public bool Write(string name, byte[] content)
    {
        Writes++;
        if (PowerAfter is int left)
        {
            PowerAfter = left - content.Length;
            if (left <= content.Length)
            {
                PowerAfter = null;
                _files[name] = content[..left];
                throw new PowerLostException();
            }
        }

        if (IsTorn)
        {
            _files[name] = content[..(content.Length / 2)];
        }
        else if (!IsBroken)
        {
            _files[name] = (byte[])content.Clone();
        }

        return !IsTorn && !IsBroken;
    }

    /// <summary>A copy, as after pulling the plug.</summary>
    public VirtualDrive Clone()
    {
        VirtualDrive clone = new();
        foreach ((string name, byte[] content) in _files)
        {
            clone._files[name] = content;
        }

        return clone;
    }
}
