using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// The miner: fetches work, scans it in slices, checks what the scanner finds, sends shares, obeys commands.
    /// </summary>
    /// <remarks>
    /// <see cref="Step"/> does a bounded piece of all of that and says when it wants to be called again; nothing in
    /// here sleeps, blocks or owns a thread. Not done here: Wi-Fi, time, several gateways, settings.
    /// </remarks>
    public sealed class Miner
    {
        private const int EventsPerStep = 16;
        private const int RestartDelayMs = 500;
        private const int LongestWaitMs = 1000;
        private const long Never = long.MaxValue;

        private readonly MinerOptions _options;
        private readonly MinerPorts _ports;
        private readonly ScannerLadder _ladder;
        private readonly ShareQueue _queue = new ShareQueue();
        private readonly BrokerLink _link;
        private readonly WorkDesk _desk;
        private readonly ShareFinder _finder;
        private readonly CommandDesk _commands;
        private readonly VerdictLog _verdicts;

        private TelemetryReporter _telemetry;
        private ScanSession _session;
        private bool _isPaused;
        private bool _isSteppingDown;
        private int _dutyPercent;
        private long _restartAt = Never;

        /// <summary>Makes a miner. It counts the start in the settings store, and does nothing else yet.</summary>
        /// <param name="options">
        /// What it is told; where a value is out of range the miner is <see cref="MinerState.Broken"/>.
        /// </param>
        /// <param name="ports">What it uses.</param>
        public Miner(MinerOptions options, MinerPorts ports)
        {
            _options = options;
            _ports = ports;
            Statistics = new MinerStatistics();
            _ladder = new ScannerLadder(ports.Scanner);
            _dutyPercent = options.DutyPercent;
            if (!options.IsValid)
            {
                State = MinerState.Broken;
                ports.Console.WriteLine("miner: device, key, gateway or another option is missing or out of range");
                return;
            }

            BoardState state = new BoardState(ports.Store);
            Counters counters = new Counters(state);
            if (!counters.IsStored)
            {
                ports.Console.WriteLine("miner: the boot count could not be stored");
            }

            JitterSource jitter = new JitterSource(options.Seed);
            _link = new BrokerLink(options, ports.ShareChannel, counters, _queue, jitter);
            WorkFetcher fetcher = new WorkFetcher(options, ports.WorkSource, counters, jitter);
            _desk = new WorkDesk(fetcher, Statistics, ports.Console);
            _finder = new ShareFinder(options, counters, Statistics);
            _commands = new CommandDesk(options, state);
            _verdicts = new VerdictLog(Statistics);
        }

        /// <summary>What it is doing.</summary>
        public MinerState State { get; private set; }

        /// <summary>What it has counted.</summary>
        public MinerStatistics Statistics { get; }

        /// <summary>The scanner in use or on trial.</summary>
        public string ScannerName
        {
            get { return _ladder.Current.Name; }
        }

        /// <summary>Shares that the broker has not acknowledged.</summary>
        public int SharesWaiting
        {
            get { return _queue.Count; }
        }

        /// <summary>Whether the broker is connected.</summary>
        public bool IsConnected
        {
            get { return _link != null && _link.IsOpen; }
        }

        /// <summary>Does what is due, one scan slice at most.</summary>
        /// <param name="now">The clock's <see cref="IClock.NowMs"/>.</param>
        /// <returns>In how many milliseconds it wants to be called again, 0 to 1000.</returns>
        public int Step(long now)
        {
            _ports.Board.FeedWatchdog();
            if (_link == null)
            {
                return LongestWaitMs;
            }

            if (_telemetry == null)
            {
                _telemetry = new TelemetryReporter(_options, _ports.Board, Statistics, now);
                _desk.Renew(now);
            }

            RestartWhenDue(now);
            StepLink(now);
            if (State != MinerState.Broken)
            {
                _desk.Step(now);
                StepScanner(now);
            }

            Report(now);
            return WaitFrom(now);
        }

        private void StepScanner(long now)
        {
            if (_session == null)
            {
                StepTrial(now);
            }
            else
            {
                StepScan(now);
            }
        }

        private void StepTrial(long now)
        {
            switch (_ladder.Step(now))
            {
                case ScanStatus.Finished:
                    _session = new ScanSession(_ladder.Current, _ports.Clock, _options, Statistics);
                    _session.DutyPercent = _dutyPercent;
                    _ports.Console.WriteLine("scanner: " + ScannerName + " passed its self-test");
                    break;
                case ScanStatus.Failed:
                    GiveUpScanning();
                    break;
                default:
                    break;
            }
        }

        private void StepScan(long now)
        {
            HeaderSpace wanted = _isPaused || _isSteppingDown ? null : _desk.Current;
            if (_session.IsIdle && wanted != null)
            {
                _session.Begin(wanted, now);
            }
            else if (_session.Space != wanted)
            {
                _session.Halt(_desk.IsEarlierWorkStale && _session.Space != _desk.Current, now);
            }

            if (now < _session.DueAt)
            {
                return;
            }

            switch (_session.Step(now))
            {
                case ScanEvent.Candidate:
                    CheckCandidate(now);
                    break;
                case ScanEvent.Exhausted:
                    DropExhausted(now);
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

        private void CheckCandidate(long now)
        {
            byte[] share = _finder.Check(_session.Space, _session.Nonce, _session.Threshold);
            if (_finder.IsFalse && !_isSteppingDown)
            {
                _ports.Console.WriteLine("scanner: " + ScannerName + " reported a false candidate");
                _isSteppingDown = true;
                _session.Halt(true, now);
            }

            if (share != null && !_queue.Add(share))
            {
                Statistics.SharesDropped++;
                _ports.Console.WriteLine("share: the queue is full; the oldest share is given up");
            }
        }

        private void DropExhausted(long now)
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
                GiveUpScanning();
            }
        }

        private void GiveUpScanning()
        {
            State = MinerState.Broken;
            _ports.Console.WriteLine("scanner: none works on this board");
        }

        private void StepLink(long now)
        {
            for (int i = 0; i < EventsPerStep; i++)
            {
                switch (_link.Step(now))
                {
                    case LinkEvent.None:
                        return;
                    case LinkEvent.Opened:
                        Statistics.Connections++;
                        _ports.Console.WriteLine("broker: connected");
                        _telemetry.Hurry(now);

                        // What was announced while there was no connection is not known.
                        _desk.RenewAtOnce(now);
                        break;
                    case LinkEvent.Closed:
                        _ports.Console.WriteLine("broker: not connected");
                        return;
                    case LinkEvent.ShareAcknowledged:
                        Statistics.SharesAcknowledged++;
                        break;
                    default:
                        Receive(_link.Topic, _link.Payload, now);
                        break;
                }
            }
        }

        private void Receive(string topic, byte[] payload, long now)
        {
            string device;
            TopicKind kind = Topics.Parse(topic, out device);
            if (kind == TopicKind.Job)
            {
                JobNotice notice;
                if (JobNotice.Parse(payload, 0, payload.Length, out notice) == ParseStatus.Done)
                {
                    _desk.Notice(notice, now);
                }
            }
            else if (kind == TopicKind.Verdict && device == _options.DeviceId)
            {
                _verdicts.Take(payload);
            }
            else if (kind == TopicKind.Command && device == _options.DeviceId)
            {
                Obey(_commands.Accept(payload), now);
            }
        }

        private void Obey(Command command, long now)
        {
            if (command == null)
            {
                Statistics.CommandsRefused++;
                _ports.Console.WriteLine("command: malformed, forged or old; not obeyed");
                return;
            }

            Statistics.CommandsObeyed++;
            _telemetry.Hurry(now);
            switch (command.Code)
            {
                case CommandCode.Pause:
                    _isPaused = true;
                    _desk.Rest();
                    break;
                case CommandCode.Resume:
                    _isPaused = false;
                    _desk.Wake(now);
                    break;
                case CommandCode.Identify:
                    _ports.Board.Identify((int)command.Argument);
                    break;
                case CommandCode.SetDutyPercent:
                    SetDuty((int)command.Argument);
                    break;
                default:
                    _link.Leave();
                    _restartAt = now + RestartDelayMs;
                    break;
            }
        }

        private void SetDuty(int percent)
        {
            _dutyPercent = percent;
            if (_session != null)
            {
                _session.DutyPercent = percent;
            }
        }

        private void RestartWhenDue(long now)
        {
            if (now >= _restartAt)
            {
                _restartAt = Never;
                _ports.ShareChannel.Close();
                _ports.Board.Restart();
            }
        }

        private void Report(long now)
        {
            State = StateNow();
            if (now >= _telemetry.DueAt)
            {
                byte[] report = _telemetry.Report(now, MinerStates.NameOf(State), ScannerName);
                _link.Publish(Topics.Telemetry(_options.DeviceId), report, 0, false);
            }
        }

        private MinerState StateNow()
        {
            return State == MinerState.Broken ? MinerState.Broken
                : _session == null ? MinerState.SelfTest
                : _isPaused ? MinerState.Paused
                : _desk.Current != null ? MinerState.Mining
                : _desk.IsAsking ? MinerState.Fetching
                : MinerState.Waiting;
        }

        private int WaitFrom(long now)
        {
            long due = Earlier(now + LongestWaitMs, _link.DueAt);
            due = Earlier(due, _restartAt);
            if (State != MinerState.Broken)
            {
                due = Earlier(due, _desk.DueAt);
                due = Earlier(due, _session == null ? now + _ladder.Current.PollIntervalMs : _session.DueAt);
            }

            return due <= now ? 0 : (int)(due - now);
        }

        private static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }
    }
}
