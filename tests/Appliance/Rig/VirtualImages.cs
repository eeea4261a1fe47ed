namespace MicroFirmware.Appliance.Tests.Rig;

/// <summary>The two slots on the drive.</summary>
internal sealed class VirtualImages : IImageStore
{
    private readonly List<byte>[] _slots = [[], []];

    public string Target { get; init; } = "stock";

    /// <summary>Writes that succeed before the power goes; null for never.</summary>
    public int? PowerAfter { get; set; }

    public byte[] Content(int slot) => [.. _slots[slot]];

    public void Put(int slot, byte[] content) => _slots[slot] = [.. content];

    public bool Erase(int slot)
    {
        Lose(() => _slots[slot].RemoveRange(0, _slots[slot].Count / 2));
        _slots[slot].Clear();
        return true;
    }

    public bool Append(int slot, byte[] octets, int count)
    {
        Lose(() => _slots[slot].AddRange(octets.AsSpan(0, count / 2)));
        _slots[slot].AddRange(octets.AsSpan(0, count));
        return true;
    }

    public int Read(int slot, int offset, byte[] buffer)
    {
        int count = Math.Clamp(_slots[slot].Count - offset, 0, buffer.Length);
        _slots[slot].CopyTo(Math.Min(offset, _slots[slot].Count), buffer, 0, count);
        return count;
    }

    private void Lose(Action half)
    {
        if (PowerAfter is int left)
        {
            PowerAfter = left == 0 ? null : left - 1;
            if (left == 0)
            {
                half();
                throw new PowerLostException();
            }
        }
    }
}
