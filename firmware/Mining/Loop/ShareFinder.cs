using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// Hashes every candidate again in plain software, whatever scanner it came from, and makes a share of those
    /// that are worth one.
    /// </summary>
    internal sealed class ShareFinder
    {
        private readonly MinerOptions _options;
        private readonly Counters _counters;
        private readonly MinerStatistics _statistics;
        private readonly Sha256 _sha = new Sha256();
        private byte[] _bestHash;

        internal ShareFinder(MinerOptions options, Counters counters, MinerStatistics statistics)
        {
            _options = options;
            _counters = counters;
            _statistics = statistics;
        }

        /// <summary>
        /// Whether the last candidate was none: its hash is above what the scanner was told to look for.
        /// </summary>
        internal bool IsFalse { get; private set; }

        /// <summary>Looks at a candidate.</summary>
        /// <returns>The share's octets, or null when its hash is above the share target.</returns>
        internal byte[] Check(HeaderSpace space, uint nonce, uint threshold)
        {
            byte[] hash = BlockHeader.Hash(_sha, space.Header, nonce);
            IsFalse = Target.TopBits(hash) > threshold;
            if (IsFalse)
            {
                _statistics.FalseCandidates++;
                return null;
            }

            KeepBest(hash);
            return Target.IsMet(hash, space.Work.ShareTarget) ? MakeShare(space, nonce) : null;
        }

        private byte[] MakeShare(HeaderSpace space, uint nonce)
        {
            ShareRecord share = new ShareRecord
            {
                HeaderVersion = space.Version,
                Sequence = _counters.NextShare(),
                JobId = space.Work.JobId,
                Lane = space.Work.Lane,
                NTime = space.NTime,
                Nonce = nonce,
            };
            byte[] record = new byte[ShareRecord.Length];
            share.Write(record, 0, _options.Key, _options.DeviceId);
            _statistics.SharesFound++;
            return record;
        }

        private void KeepBest(byte[] hash)
        {
            if (_bestHash == null || Target.IsMet(hash, _bestHash))
            {
                _bestHash = hash;
                _statistics.BestWork = Work.OfTarget(hash);
            }
        }
    }
}
