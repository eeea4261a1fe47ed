namespace MicroFirmware.Gateway.Devices;

/// <summary>
/// Which of a device's share sequence numbers have come: the highest, and one bit for each of the 64 up to it, as in
/// IPsec's anti-replay window (RFC 4303 §3.4.3).
/// </summary>
internal struct SeenShares
{
    /// <summary>Sequence numbers the window holds.</summary>
    public const int Width = 64;

    private ulong _highest;
    private ulong _bits;

    /// <summary>Says of a sequence number whether it has come before.</summary>
    /// <returns>Null when it is older than the window.</returns>
    public readonly bool? Contains(ulong sequence)
    {
        if (_bits == 0 || sequence > _highest)
        {
            return false;
        }

        ulong age = _highest - sequence;
        return age >= Width ? null : (_bits >> (int)age & 1) != 0;
    }

    /// <summary>Marks a sequence number.</summary>
    public void Add(ulong sequence)
    {
        if (_bits == 0 || sequence > _highest)
        {
            ulong step = sequence - _highest;
            _bits = _bits == 0 || step >= Width ? 1 : (_bits << (int)step) | 1;
            _highest = sequence;
        }
        else if (_highest - sequence < Width)
        {
            _bits |= 1UL << (int)(_highest - sequence);
        }
    }
}
