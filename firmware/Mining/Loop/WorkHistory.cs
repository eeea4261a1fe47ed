using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// The header spaces of the last few works. A gateway never gives the same headers twice; should one do so, hashing
    /// them again would only make duplicates.
    /// </summary>
    internal sealed class WorkHistory
    {
        /// <summary>How many works are remembered.</summary>
        internal const int Depth = 16;

        private readonly WorkRecord[] _works = new WorkRecord[Depth];
        private int _next;

        /// <summary>Whether a work holds a header that a remembered one holds too.</summary>
        internal bool Overlaps(WorkRecord work)
        {
            for (int i = 0; i < Depth; i++)
            {
                if (_works[i] != null && Overlaps(_works[i], work))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Remembers a work, and forgets the oldest.</summary>
        internal void Add(WorkRecord work)
        {
            _works[_next] = work;
            _next = (_next + 1) % Depth;
        }

        private static bool Overlaps(WorkRecord a, WorkRecord b)
        {
            uint fixedBits = ~(a.VersionMask | b.VersionMask);
            uint versions = LittleEndian.ReadUInt32(a.Header, 0) ^ LittleEndian.ReadUInt32(b.Header, 0);
            ulong timeA = LittleEndian.ReadUInt32(a.Header, BlockHeader.AtNTime);
            ulong timeB = LittleEndian.ReadUInt32(b.Header, BlockHeader.AtNTime);
            return (versions & fixedBits) == 0
                && a.FirstNonce <= b.LastNonce && b.FirstNonce <= a.LastNonce
                && timeA <= timeB + b.NTimeRollSeconds && timeB <= timeA + a.NTimeRollSeconds
                && AreEqual(a.Header, b.Header, BlockHeader.AtPrevious, BlockHeader.AtNTime)
                && AreEqual(a.Header, b.Header, BlockHeader.AtBits, BlockHeader.AtNonce);
        }

        private static bool AreEqual(byte[] a, byte[] b, int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                if (a[i] != b[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
