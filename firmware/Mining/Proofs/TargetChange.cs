namespace MicroFirmware.Mining
{
    /// <summary>
    /// Whether a header's target may follow another one: a change is by a factor of four at most, as far as the compact
    /// form, which is rounded down, can tell.
    /// </summary>
    internal static class TargetChange
    {
        private const int OctetBits = 8;
        private const uint MantissaMask = 0x7fffff;

        internal static bool IsPossible(uint before, uint after)
        {
            int steps = (int)(before >> 24) - (int)(after >> 24);
            if (steps < -1 || steps > 1)
            {
                return false;
            }

            // Both in units of 1/256 of the later one's last place.
            ulong old = (ulong)(before & MantissaMask) << (OctetBits * (1 + steps));
            ulong rounded = (ulong)(after & MantissaMask) << OctetBits;
            ulong next = (ulong)((after & MantissaMask) + 1) << OctetBits;
            return rounded <= 4 * old && 4 * next > old;
        }
    }
}
