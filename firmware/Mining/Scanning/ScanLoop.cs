namespace MicroFirmware.Mining
{
    /// <summary>
    /// From work to shares: puts a scanner on trial, runs it over the work at hand, has its candidates checked, and
    /// goes on to another when it fails or lies.
    /// </summary>
    internal sealed class ScanLoop
    {
        private readonly MinerOptions _options;
        private readonly MinerPorts _ports;
        private readonly WorkDesk _desk;
        private readonly ShareFinder _finder;
        private readonly MinerStatistics _statistics;

        private ScannerLadder _ladder;
        private ShareQueue _queue;
        private ScanSession _session;
        private bool _isSteppingDown;
        private bool _isHeld;
        private int _dutyPercent;
        private int _dutyMost = 100;

        internal ScanLoop(
            MinerOptions options,
            MinerPorts ports,
            WorkDesk desk,
            ShareFinder finder,
            ShareQueue queue,
            MinerStatistics statistics)
        {
            _options = options;
            _ports = ports;
            _desk = desk;
            _finder = finder;
            _queue = queue;
            _statistics = statistics;
            _ladder = new ScannerLadder(ports.Scanner, ports.Fallback);
            _dutyPercent = options.DutyPercent;
        }

        /// <summary>The scanner in use or on trial.</summary>
        internal string ScannerName
        {
            get { return _ladder.Current.Name; }
        }

        /// <summary>Whether a scanner is on trial.</summary>
        internal bool IsOnTrial
        {
            get { return _session == null; }
        }

        /// <summary>Whether there is no scanner left that works.</summary>
        internal bool IsBroken { get; private set; }

        /// <summary>Whether nothing is to be scanned for now; a slice under way ends first.</summary>
        internal bool IsPaused { get; set; }

        /// <summary>Whether the board is needed for something else; as if paused, by another hand.</summary>
        internal bool IsWithheld { get; set; }

        /// <summary>Whether the scanner has come to rest.</summary>
        internal bool IsIdle
        {
            get { return _session != null && _session.IsIdle; }
        }

        /// <summary>The part of the time that is spent scanning, in percent.</summary>
        internal int DutyPercent
        {
            get { return _dutyPercent < _dutyMost ? _dutyPercent : _dutyMost; }
        }

        /// <summary>
        /// Whether the broker is there, or about to let the board in. While it takes shares more slowly than they are
        /// found, scanning waits for it: the hashes saved are worth as much as the shares that would be given up.
        /// </summary>
        internal bool IsBrokerExpected { get; set; }

        private HeaderSpace Wanted
        {
            get { return IsPaused || IsWithheld || _isHeld || _isSteppingDown ? null : _desk.Current; }
        }

        /// <summary>When <see cref="Step"/> wants to be called at the latest.</summary>
        internal long DueAt { get; private set; }

        /// <summary>The part of the time that is spent scanning, 1 to 100.</summary>
        internal void SetDuty(int percent)
        {
            _dutyPercent = percent;
            ApplyDuty();
        }

        /// <summary>Bounds the duty, whatever is asked for.</summary>
        internal void SetMostDuty(int percent)
        {
            _dutyMost = percent;
            ApplyDuty();
        }

        /// <summary>Shares of another gateway from now on.</summary>
        internal void UseQueue(ShareQueue queue)
        {
            _queue = queue;
        }

        /// <summary>Begins again with the board's own scanner, which has to prove itself anew.</summary>
        internal void StartAfresh(long now)
        {
            _ladder.Current.Stop();
            _ladder = new ScannerLadder(_ports.Scanner, _ports.Fallback);
            _session = null;
            _isSteppingDown = false;
            IsBroken = false;
            DueAt = now;
            _desk.Replace(now);
        }

        /// <summary>Does one slice at most.</summary>
        internal void Step(long now)
        {
            if (IsBroken)
            {
                DueAt = long.MaxValue;
            }
            else if (_session == null)
            {
                Try(now);
                DueAt = now + _ladder.Current.PollIntervalMs;
            }
            else
            {
                Follow(now);
                Scan(now);
                DueAt = _session == null || (_session.IsIdle && Wanted != null) ? now : _session.DueAt;
            }
        }

        private void Try(long now)
        {
            switch (_ladder.Step(now))
            {
                case ScanStatus.Finished:
                    _session = new ScanSession(_ladder.Current, _ports.Clock, _options, _statistics);
                    ApplyDuty();
                    _ports.Console.WriteLine("scanner: " + ScannerName + " passed its self-test");
                    break;
                case ScanStatus.Failed:
                    GiveUp();
                    break;
                default:
                    break;
            }
        }

        // Has the session work on what is wanted now, or on nothing.
        private void Follow(long now)
        {
            _isHeld = IsBrokerExpected && (_isHeld ? _queue.Count > ShareQueue.Capacity / 2 : _queue.IsCrowded);
            HeaderSpace wanted = Wanted;
            if (_session.IsIdle && wanted != null)
            {
                _session.Begin(wanted, now);
            }
            else if (_session.Space != wanted)
            {
                _session.Halt(_desk.IsEarlierWorkStale && _session.Space != _desk.Current, now);
            }
        }

        private void Scan(long now)
        {
            if (now < _session.DueAt)
            {
                return;
            }

            switch (_session.Step(now))
            {
                case ScanEvent.Candidate:
                    Check(now);
                    break;
                case ScanEvent.Exhausted:
                    Finish(now);
                    break;
                case ScanEvent.Failed:
                    _ports.Console.WriteLine("scanner: " + ScannerName + " failed");
                    ChangeScanner(_ladder.Next(), now);
                    return;
                default:
                    break;
            }

            if (_isSteppingDown && _session.IsIdle)
            {
                ChangeScanner(_ladder.StepDown(), now);
            }
        }

        private void Check(long now)
        {
            byte[] share = _finder.Check(_session.Space, _session.Nonce, _session.Threshold);
            if (_finder.IsFalse && !_isSteppingDown)
            {
                _ports.Console.WriteLine("scanner: " + ScannerName + " reported a false candidate");
                _isSteppingDown = true;
                _session.Halt(true, now);
            }

            if (share != null)
            {
                _desk.CountShare(now);
                if (!_queue.Add(share))
                {
                    _statistics.SharesDropped++;
                    _ports.Console.WriteLine("share: the queue is full; one is given up");
                }
            }
        }

        private void ApplyDuty()
        {
            if (_session != null)
            {
                _session.DutyPercent = DutyPercent;
            }
        }

        private void Finish(long now)
        {
            if (_session.Space == _desk.Current)
            {
                _desk.Replace(now);
            }
        }

        // What the scanner before has left out cannot be known: its work is not gone on with.
        private void ChangeScanner(bool hasNext, long now)
        {
            _isSteppingDown = false;
            _session = null;
            _desk.Replace(now);
            if (!hasNext)
            {
                GiveUp();
            }
        }

        private void GiveUp()
        {
            IsBroken = true;
            _ports.Console.WriteLine("scanner: none works on this board");
        }
    }
}
