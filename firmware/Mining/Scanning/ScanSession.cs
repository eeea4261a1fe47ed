namespace MicroFirmware.Mining
{
    /// <summary>
    /// Runs one scanner over one header space: header after header, in slices, at a duty, with pauses at any moment and
    /// without hashing anything twice.
    /// </summary>
    internal sealed class ScanSession
    {
        /// <summary>A scanner that has not hashed anything for this long has failed.</summary>
        internal const int StallMs = 30000;

        /// <summary>The time in which a duty below 100 % has its scan and its rest.</summary>
        internal const int DutyWindowMs = 1000;

        private const uint FirstSliceNonces = 8;
        private const long Never = long.MaxValue;

        private enum Phase : byte
        {
            Idle,
            Ready,
            Running,
            Stopping,
            Resting,
        }

        private readonly INonceScanner _scanner;
        private readonly IClock _clock;
        private readonly MinerOptions _options;
        private readonly MinerStatistics _statistics;
        private readonly ScanProgress _progress = new ScanProgress();

        private Phase _phase;
        private bool _isHalting;
        private bool _isDiscarding;
        private uint _slice = FirstSliceNonces;
        private long _lastHashAt;
        private long _windowStart;

        internal ScanSession(INonceScanner scanner, IClock clock, MinerOptions options, MinerStatistics statistics)
        {
            _scanner = scanner;
            _clock = clock;
            _options = options;
            _statistics = statistics;
            DutyPercent = options.DutyPercent;
        }

        /// <summary>The part of the time that is spent scanning, 1 to 100.</summary>
        internal int DutyPercent { get; set; }

        /// <summary>The space under way, or the last one.</summary>
        internal HeaderSpace Space { get; private set; }

        /// <summary>What the scanner looks for: the top 32 bits of a candidate's hash are not above it.</summary>
        internal uint Threshold { get; private set; }

        /// <summary>With Candidate: the nonce, of the header that <see cref="Space"/> has now.</summary>
        internal uint Nonce
        {
            get { return _progress.Nonce; }
        }

        /// <summary>Whether a new space can begin.</summary>
        internal bool IsIdle
        {
            get { return _phase == Phase.Idle; }
        }

        /// <summary>When <see cref="Step"/> has something to do.</summary>
        internal long DueAt { get; private set; } = Never;

        /// <summary>Begins, or goes on with, a space. Only when idle.</summary>
        internal void Begin(HeaderSpace space, long now)
        {
            uint threshold = Target.TopBits(space.Work.ShareTarget);
            Threshold = threshold < _scanner.MaxThreshold ? threshold : _scanner.MaxThreshold;
            Space = space;
            _isHalting = false;
            _isDiscarding = false;
            _phase = Phase.Ready;
            DueAt = now;
        }

        /// <summary>Asks the session to become idle; it reports when it has. Harmless when it is.</summary>
        /// <param name="discard">Whether candidates on the way are worthless.</param>
        /// <param name="now">The time.</param>
        internal void Halt(bool discard, long now)
        {
            if (_phase == Phase.Idle)
            {
                return;
            }

            _isDiscarding = _isDiscarding || discard;
            if (!_isHalting)
            {
                _isHalting = true;
                DueAt = now;
                StopScanner(now);
            }
        }

        /// <summary>Does one slice of work at most.</summary>
        internal ScanEvent Step(long now)
        {
            switch (_phase)
            {
                case Phase.Idle:
                    DueAt = Never;
                    return ScanEvent.None;
                case Phase.Resting:
                case Phase.Ready:
                    return StartOrRest(now);
                default:
                    return Poll(now);
            }
        }

        private ScanEvent StartOrRest(long now)
        {
            if (_isHalting)
            {
                return BecomeIdle(ScanEvent.Halted);
            }

            if (_phase == Phase.Resting && now - _windowStart < DutyWindowMs)
            {
                DueAt = _windowStart + DutyWindowMs;
                return ScanEvent.None;
            }

            if (now - _windowStart >= DutyWindowMs)
            {
                _windowStart = now;
            }

            _scanner.Start(Space.Header, Space.NextNonce, Space.Work.LastNonce, Threshold);
            _lastHashAt = now;
            _phase = Phase.Running;
            DueAt = now;
            return ScanEvent.None;
        }

        private ScanEvent Poll(long now)
        {
            long before = _clock.NowMs;
            ScanStatus status = _scanner.Poll(_slice, _progress);
            AdaptSlice(_clock.NowMs - before);
            _statistics.Hashes += _progress.Hashes;
            _lastHashAt = _progress.Hashes != 0 ? now : _lastHashAt;
            DueAt = now + _scanner.PollIntervalMs;
            switch (status)
            {
                case ScanStatus.Candidate:
                    DueAt = now;
                    return _isDiscarding ? ScanEvent.None : ScanEvent.Candidate;
                case ScanStatus.Finished:
                    return FinishHeader(now);
                case ScanStatus.Idle:
                    return RestOrHalt(now);
                case ScanStatus.Failed:
                    return BecomeIdle(ScanEvent.Failed);
                default:
                    return Watch(now);
            }
        }

        private ScanEvent FinishHeader(long now)
        {
            if (!Space.MoveNext())
            {
                return BecomeIdle(ScanEvent.Exhausted);
            }

            _phase = Phase.Ready;
            DueAt = now;
            return ScanEvent.None;
        }

        private ScanEvent RestOrHalt(long now)
        {
            if (_phase != Phase.Stopping)
            {
                return BecomeIdle(ScanEvent.Failed);
            }

            Space.NextNonce = _progress.NextNonce;
            if (_isHalting)
            {
                return BecomeIdle(ScanEvent.Halted);
            }

            _phase = Phase.Resting;
            DueAt = now;
            return ScanEvent.None;
        }

        private ScanEvent Watch(long now)
        {
            if (now - _lastHashAt >= StallMs)
            {
                _scanner.Stop();
                return BecomeIdle(ScanEvent.Failed);
            }

            if (_phase == Phase.Running && DutyPercent < 100)
            {
                _windowStart = now - _windowStart >= DutyWindowMs ? now : _windowStart;
                long stopAt = _windowStart + (((DutyWindowMs * DutyPercent) + 99) / 100);
                if (now >= stopAt)
                {
                    StopScanner(now);
                }
                else
                {
                    DueAt = stopAt < DueAt ? stopAt : DueAt;
                }
            }

            return ScanEvent.None;
        }

        private void StopScanner(long now)
        {
            if (_phase == Phase.Running)
            {
                _scanner.Stop();
                _phase = Phase.Stopping;
                _lastHashAt = now;
                DueAt = now;
            }
        }

        private ScanEvent BecomeIdle(ScanEvent reason)
        {
            _phase = Phase.Idle;
            DueAt = Never;
            return reason;
        }

        // Doubles or halves the slice until its time is between half of what is wanted and that.
        private void AdaptSlice(long tookMs)
        {
            if (_progress.Hashes != _slice)
            {
                return;
            }

            if (tookMs > _options.SliceMs && _slice > 1)
            {
                _slice /= 2;
            }
            else if (tookMs * 2 <= _options.SliceMs && _slice <= _options.SliceMaxNonces / 2)
            {
                _slice *= 2;
            }
        }
    }
}
