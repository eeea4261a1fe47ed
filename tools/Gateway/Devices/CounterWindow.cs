namespace MicroFirmware.Gateway.Devices;

/// <summary>
/// Which counters of a device were used. A request may overtake another on its way, as a work request overtakes the
/// TLS handshake of a broker connection that was begun before it: a counter that is a little smaller than the greatest
/// is taken too, once, if it is of the same start of the board (RFC 4303 §3.4.3 has the same window). After a restart
/// of the gateway only greater ones are: which of the smaller ones were used is not on the disk.
/// </summary>
internal struct CounterWindow
{
    /// <summary>How far a counter may be below the greatest.</summary>
    public const int Length = 64;

    private const int BootShift = 32;

    // Bit n: whether Greatest - 1 - n was used.
    private ulong _used;

    /// <summary>A window in which everything up to a counter is used.</summary>
    /// <param name="greatest">The greatest counter accepted before; 0 for none.</param>
    public CounterWindow(ulong greatest) => (Greatest, _used) = (greatest, ulong.MaxValue);

    /// <summary>The greatest counter used.</summary>
    public ulong Greatest { get; private set; }

    /// <summary>Uses a counter up.</summary>
    /// <returns>False if it was used before, is too far below the greatest to tell, or is 0, which no board draws.
    /// </returns>
    public bool TryUse(ulong counter)
    {
        if (counter > Greatest)
        {
            Advance(counter);
            return true;
        }

        ulong below = Greatest - counter;
        if (counter == 0 || below is 0 or > Length || counter >> BootShift != Greatest >> BootShift)
        {
            return false;
        }

        ulong bit = 1UL << (int)(below - 1);
        bool isFresh = (_used & bit) == 0;
        _used |= bit;
        return isFresh;
    }

    private void Advance(ulong counter)
    {
        ulong by = counter - Greatest;
        _used = by switch
        {
            > Length => 0,
            Length => 1UL << (Length - 1),
            _ => _used << (int)by | 1UL << (int)(by - 1),
        };
        Greatest = counter;
    }
}
