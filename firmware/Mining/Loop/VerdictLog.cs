using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>Counts each share's verdict once: a share that is sent again gets its verdict again.</summary>
    internal sealed class VerdictLog
    {
        private const int Depth = 64;

        private readonly MinerStatistics _statistics;
        private readonly ulong[] _sequences = new ulong[Depth];
        private int _next;

        internal VerdictLog(MinerStatistics statistics)
        {
            _statistics = statistics;
        }

        /// <summary>Takes a verdict.</summary>
        /// <returns>The verdict, or null when it is malformed or was counted before.</returns>
        internal Verdict Take(byte[] payload)
        {
            Verdict verdict;
            if (Verdict.Parse(payload, 0, payload.Length, out verdict) != ParseStatus.Done || IsKnown(verdict.Sequence))
            {
                return null;
            }

            _sequences[_next] = verdict.Sequence;
            _next = (_next + 1) % Depth;
            _statistics.Count(verdict);
            return verdict;
        }

        private bool IsKnown(ulong sequence)
        {
            for (int i = 0; i < Depth; i++)
            {
                if (_sequences[i] == sequence && sequence != 0)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
