namespace MicroFirmware.Mining
{
    /// <summary>
    /// How long to wait after a failure: doubling up to a bound, half of it by chance so that a fleet does not march in
    /// step.
    /// </summary>
    internal sealed class Backoff
    {
        /// <summary>The first wait is at most this long.</summary>
        internal const int FirstMs = 1000;

        /// <summary>No wait is longer.</summary>
        internal const int LongestMs = 60000;

        private readonly JitterSource _jitter;
        private int _ceilingMs = FirstMs;

        internal Backoff(JitterSource jitter)
        {
            _jitter = jitter;
        }

        /// <summary>It worked: the next failure is a first one.</summary>
        internal void Reset()
        {
            _ceilingMs = FirstMs;
        }

        /// <summary>It failed: how long to wait, in milliseconds.</summary>
        internal int Next()
        {
            int half = _ceilingMs / 2;
            int wait = half + _jitter.Below(half + 1);
            _ceilingMs = _ceilingMs > LongestMs / 2 ? LongestMs : _ceilingMs * 2;
            return wait;
        }
    }
}
