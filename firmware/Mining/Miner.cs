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
        private const int LongestWaitMs = 1000;

        private readonly MinerOptions _options;
        private readonly MinerPorts _ports;
        private readonly ShareQueue _queue = new ShareQueue();
        private readonly BrokerLink _link;
        private readonly WorkDesk _desk;
        private readonly ScanLoop _scan;
        private readonly CommandDesk _commands;
        private readonly VerdictLog _verdicts;
        private TelemetryReporter _telemetry;

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
            WorkFetcher fetcher = new WorkFetcher(options, ports.WorkSource, counters, jitter);
            ShareFinder finder = new ShareFinder(options, counters, Statistics);
            _link = new BrokerLink(options, ports.ShareChannel, counters, _queue, jitter);
            _desk = new WorkDesk(fetcher, Statistics, ports.Console);
            _scan = new ScanLoop(options, ports, _desk, finder, _queue, Statistics);
            _commands = new CommandDesk(options, ports, state, _desk, _scan, _link);
            _verdicts = new VerdictLog(Statistics);
        }

        /// <summary>What it is doing.</summary>
        public MinerState State { get; private set; }

        /// <summary>What it has counted.</summary>
        public MinerStatistics Statistics { get; }

        /// <summary>The scanner in use or on trial.</summary>
        public string ScannerName
        {
            get { return _scan == null ? _ports.Scanner.Name : _scan.ScannerName; }
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

            _commands.Step(now);
            StepLink(now);
            if (!_scan.IsBroken)
            {
                _desk.Step(now);
                _scan.IsBrokerOpen = _link.IsOpen;
                _scan.Step(now);
            }

            State = StateNow();
            Report(now);
            return WaitFrom(now);
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
            switch (Topics.Parse(topic, out device))
            {
                case TopicKind.Job:
                    ReceiveNotice(payload, now);
                    break;
                case TopicKind.Verdict when device == _options.DeviceId:
                    _verdicts.Take(payload);
                    break;
                case TopicKind.Command when device == _options.DeviceId:
                    ReceiveCommand(payload, now);
                    break;
                default:
                    break;
            }
        }

        private void ReceiveNotice(byte[] payload, long now)
        {
            JobNotice notice;
            if (JobNotice.Parse(payload, 0, payload.Length, out notice) == ParseStatus.Done)
            {
                _desk.Notice(notice, now);
            }
        }

        private void ReceiveCommand(byte[] payload, long now)
        {
            if (_commands.Take(payload, now))
            {
                Statistics.CommandsObeyed++;
                _telemetry.Hurry(now);
            }
            else
            {
                Statistics.CommandsRefused++;
            }
        }

        private void Report(long now)
        {
            if (now >= _telemetry.DueAt)
            {
                byte[] report = _telemetry.Report(now, MinerStates.NameOf(State), ScannerName);
                _link.Publish(Topics.Telemetry(_options.DeviceId), report, 0, false);
            }
        }

        private MinerState StateNow()
        {
            return _scan.IsBroken ? MinerState.Broken
                : _scan.IsOnTrial ? MinerState.SelfTest
                : _scan.IsPaused ? MinerState.Paused
                : _desk.Current != null ? MinerState.Mining
                : _desk.IsAsking ? MinerState.Fetching
                : MinerState.Waiting;
        }

        private int WaitFrom(long now)
        {
            long due = Earlier(now + LongestWaitMs, Earlier(_link.DueAt, _commands.DueAt));
            if (!_scan.IsBroken)
            {
                due = Earlier(due, Earlier(_desk.DueAt, _scan.DueAt));
            }

            return due <= now ? 0 : (int)(due - now);
        }

        private static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }
    }
}
