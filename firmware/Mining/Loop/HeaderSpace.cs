using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// Walks the headers of one work, each once: all nonces of a header, then the next setting of the version bits, and
    /// after all of these the next second of ntime.
    /// </summary>
    internal sealed class HeaderSpace
    {
        private readonly uint _baseVersion;
        private readonly uint _baseNTime;
        private uint _versionBits;
        private uint _ntimeRoll;

        internal HeaderSpace(WorkRecord work)
        {
            Work = work;
            Header = (byte[])work.Header.Clone();
            _baseVersion = LittleEndian.ReadUInt32(Header, BlockHeader.AtVersion);
            _baseNTime = LittleEndian.ReadUInt32(Header, BlockHeader.AtNTime);
            _versionBits = _baseVersion & work.VersionMask;
            NextNonce = work.FirstNonce;
        }

        /// <summary>The work.</summary>
        internal WorkRecord Work { get; }

        /// <summary>The 76 octets of the header as it is rolled now.</summary>
        internal byte[] Header { get; }

        /// <summary>The first nonce of this header that was not hashed.</summary>
        internal uint NextNonce { get; set; }

        /// <summary>The version field as it is rolled now.</summary>
        internal uint Version
        {
            get { return LittleEndian.ReadUInt32(Header, BlockHeader.AtVersion); }
        }

        /// <summary>The ntime field as it is rolled now.</summary>
        internal uint NTime
        {
            get { return LittleEndian.ReadUInt32(Header, BlockHeader.AtNTime); }
        }

        /// <summary>Rolls to the next header.</summary>
        /// <returns>False when all were walked.</returns>
        internal bool MoveNext()
        {
            // Subtracting the mask and keeping its bits counts through all its settings and wraps to the first.
            uint mask = Work.VersionMask;
            _versionBits = (_versionBits - mask) & mask;
            bool isVersionRound = _versionBits == (_baseVersion & mask);
            if (isVersionRound && (_ntimeRoll == Work.NTimeRollSeconds || _baseNTime + _ntimeRoll == uint.MaxValue))
            {
                return false;
            }

            _ntimeRoll += isVersionRound ? 1u : 0u;
            LittleEndian.WriteUInt32(Header, BlockHeader.AtVersion, (_baseVersion & ~mask) | _versionBits);
            LittleEndian.WriteUInt32(Header, BlockHeader.AtNTime, _baseNTime + _ntimeRoll);
            NextNonce = Work.FirstNonce;
            return true;
        }
    }
}
