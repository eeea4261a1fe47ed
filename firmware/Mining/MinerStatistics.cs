using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>What a miner has counted since it started. Read it; only the miner writes.</summary>
    public sealed class MinerStatistics
    {
        private readonly uint[] _verdicts = new uint[(int)VerdictCode.Malformed + 1];

        /// <summary>Headers hashed.</summary>
        public ulong Hashes { get; internal set; }

        /// <summary>
        /// Hashes per second, over the last telemetry interval or since the start, whichever is shorter.
        /// </summary>
        public uint HashRate { get; internal set; }

        /// <summary>Shares found, checked and queued.</summary>
        public uint SharesFound { get; internal set; }

        /// <summary>Shares that the broker acknowledged.</summary>
        public uint SharesAcknowledged { get; internal set; }

        /// <summary>Shares given up because the queue was full.</summary>
        public uint SharesDropped { get; internal set; }

        /// <summary>Candidates that the check in plain software did not confirm: the scanner's mistakes.</summary>
        public uint FalseCandidates { get; internal set; }

        /// <summary>Work of the best hash found, in expected hashes.</summary>
        public ulong BestWork { get; internal set; }

        /// <summary>Work that verdicts have credited, in expected hashes.</summary>
        public ulong WorkCredited { get; internal set; }

        /// <summary>Work records taken.</summary>
        public uint WorkAccepted { get; internal set; }

        /// <summary>
        /// Work records refused: forged, replayed, malformed, or with headers that were given before.
        /// </summary>
        public uint WorkRefused { get; internal set; }

        /// <summary>Work requests that ended without a work record.</summary>
        public uint FetchFailures { get; internal set; }

        /// <summary>Times the broker was connected.</summary>
        public uint Connections { get; internal set; }

        /// <summary>Commands obeyed.</summary>
        public uint CommandsObeyed { get; internal set; }

        /// <summary>Commands not obeyed: forged, replayed or malformed.</summary>
        public uint CommandsRefused { get; internal set; }

        /// <summary>Proofs checked and answered.</summary>
        public uint ProofsChecked { get; internal set; }

        /// <summary>Proofs not checked: forged, malformed, one too many, or not in time.</summary>
        public uint ProofsRefused { get; internal set; }

        /// <summary>Shares with a verdict that credits them.</summary>
        public uint Accepted
        {
            get { return CountOf(VerdictCode.Accepted) + CountOf(VerdictCode.BlockFound); }
        }

        /// <summary>Shares with any other verdict.</summary>
        public uint Rejected
        {
            get
            {
                uint rejected = 0;
                for (int code = (int)VerdictCode.UnknownJob; code < _verdicts.Length; code++)
                {
                    rejected += _verdicts[code];
                }

                return rejected;
            }
        }

        /// <summary>Verdicts of one kind.</summary>
        public uint CountOf(VerdictCode code)
        {
            return _verdicts[(int)code];
        }

        internal void Count(Verdict verdict)
        {
            _verdicts[(int)verdict.Code]++;
            WorkCredited += verdict.Work;
        }
    }
}
