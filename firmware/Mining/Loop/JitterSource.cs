namespace MicroFirmware.Mining
{
    /// <summary>
    /// Numbers that differ from board to board (xorshift32, Marsaglia 2003): good for spreading waits, for nothing
    /// secret.
    /// </summary>
    internal sealed class JitterSource
    {
        private uint _state;

        internal JitterSource(uint seed)
        {
            _state = seed == 0 ? 0x9e3779b9 : seed;
        }

        /// <summary>A number from 0 to below the bound, which is at least 1.</summary>
        internal int Below(int bound)
        {
            _state ^= _state << 13;
            _state ^= _state >> 17;
            _state ^= _state << 5;
            return (int)(_state % (uint)bound);
        }
    }
}
