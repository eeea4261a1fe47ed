using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// The miner: fetches work, scans it in slices, checks what the scanner finds, sends shares, obeys commands.
    /// </summary>
    /// <remarks>
    /// <see cref="Step"/> does a bounded piece of all of that and says when it wants to be called again; nothing in
    /// here sleeps, blocks or owns a thread. Wi-Fi, time, several gateways and settings are the appliance's
    /// (<c>MicroFirmware.Appliance</c>).
    /// </remarks>
    public sealed class Miner
    {
        private const int EventsPerStep = 16;
        private const int LongestWaitMs = 1000;

        private readonly MinerOptions _options;
        private readonly MinerPorts _ports;
        private readonly BrokerLink _link;
        private readonly WorkDesk _desk;
        private readonly ScanLoop _scan;
        private readonly CommandDesk _commands;
        private readonly VerdictLog _verdicts;
        private readonly ProofDesk _proofs;
        private ShareQueue _queue;
        private bool _hasMoreEvents;
        private TelemetryReporter _telemetry;

        /// <summary>Makes a miner. It counts the start in the settings store, and does nothing else yet.</summary>
        /// <param name="options">
        /// What it is told; where a value is out of range the miner is <see cref="MinerState.Broken"/>.
        /// </param>
        /// <param name="ports">What it uses.</param>
        public Miner(MinerOptions options, MinerPorts ports)
            : this(options, ports, null, new ShareQueue())
        {
        }

        internal Miner(MinerOptions options, MinerPorts ports, BoardState state, ShareQueue queue)
        {
            _queue = queue;
            _options = options;
            _ports = ports;
            Statistics = new MinerStatistics();
            if (!options.IsValid)
            {
                State = MinerState.Broken;
                ports.Console.WriteLine("miner: device, key, gateway or another option is missing or out of range");
                return;
            }

            state ??= new BoardState(ports.Store);
            Counters counters = new Counters(state);
            if (!counters.IsStored)
            {
                IsFlashGood = false;
                ports.Console.WriteLine("miner: the boot count could not be stored");
            }

            JitterSource jitter = new JitterSource(options.Seed);
            WorkFetcher fetcher = new WorkFetcher(options, ports.WorkSource, counters, jitter);
            ShareFinder finder = new ShareFinder(options, counters, Statistics);
            _link = new BrokerLink(options, ports.ShareChannel, counters, _queue, jitter);
            _desk = new WorkDesk(fetcher, Statistics, ports.Console);
            _scan = new ScanLoop(options, ports, _desk, finder, _queue, Statistics);
            _commands = new CommandDesk(options, ports, state, _scan, _link);
            _verdicts = new VerdictLog(Statistics);
            _proofs = new ProofDesk(options, Statistics, _link);
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

        /// <summary>Whether it holds work.</summary>
        internal bool HasWork
        {
            get { return _desk != null && _desk.Current != null; }
        }

        /// <summary>Whether counters could be stored.</summary>
        internal bool IsFlashGood { get; private set; } = true;

        /// <summary>Whether the scanner has come to rest, or none is in use.</summary>
        internal bool IsStill
        {
            get { return _scan == null || _scan.IsBroken || _scan.IsIdle; }
        }

        /// <summary>Whether a command stopped the scan.</summary>
        internal bool IsPaused
        {
            get { return _scan != null && _scan.IsPaused; }
        }

        /// <summary>The part of the time that is spent scanning, in percent.</summary>
        internal int DutyPercent
        {
            get { return _scan == null ? 0 : _scan.DutyPercent; }
        }

        /// <summary>What telemetry says of the board.</summary>
        internal BoardFacts Facts { get; } = new BoardFacts();

        /// <summary>Whether scanning has to stop for a short while; work is fetched on.</summary>
        internal bool IsWithheld { get; set; }

        /// <summary>Whether scanning has to stop for longer; no work is fetched.</summary>
        internal bool IsResting { get; set; }

        /// <summary>Bounds the duty, whatever commands say.</summary>
        internal void SetMostDuty(int percent)
        {
            _scan?.SetMostDuty(percent);
        }

        /// <summary>Takes the last command that is not the miner's to obey; null when there is none.</summary>
        internal Command TakeRequest()
        {
            Command request = _commands?.Request;
            if (request != null)
            {
                _commands.Request = null;
            }

            return request;
        }

        /// <summary>Begins again with the scanner: it has hung.</summary>
        internal void RestartScanner(long now)
        {
            _scan?.StartAfresh(now);
        }

        /// <summary>The network is another one, or back: connections are opened anew, work at hand stays.</summary>
        internal void Reconnect(long now)
        {
            _link?.StartAfresh(_queue, now);
            _desk?.Reconnect(now);
        }

        /// <summary>Another gateway: work and connections are left.</summary>
        /// <param name="gateway">The gateway.</param>
        /// <param name="queue">The shares that are for it.</param>
        /// <param name="now">The time.</param>
        internal void UseGateway(GatewayAddress gateway, ShareQueue queue, long now)
        {
            if (_link == null)
            {
                return;
            }

            _options.Gateway = gateway;
            _queue = queue;
            _scan.UseQueue(queue);
            _link.StartAfresh(queue, now);
            _desk.StartAfresh(now);
        }

        /// <summary>Says goodbye, so that the broker does not have to find out.</summary>
        internal void Leave()
        {
            _link?.Leave();
            _ports.ShareChannel.Close();
        }

        /// <summary>Publishes telemetry at the next step.</summary>
        internal void HurryReport(long now)
        {
            _telemetry?.Hurry(now);
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
            _proofs.IsHeld = IsWithheld || IsResting || _scan.IsPaused;
            _proofs.Step(now);
            if (!_scan.IsBroken)
            {
                _scan.IsWithheld = IsWithheld || IsResting;
                _desk.Rest(_scan.IsPaused || IsResting, now);
                _desk.Step(now);
                _scan.IsBrokerExpected = _link.IsOpen || _link.IsOpening;
                if (!_proofs.IsChecking)
                {
                    _scan.Step(now);
                }
            }

            State = StateNow();
            Report(now);
            return WaitFrom(now);
        }

        private void StepLink(long now)
        {
            _hasMoreEvents = false;
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

            _hasMoreEvents = true;
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
                case TopicKind.Proof when device == _options.DeviceId:
                    _proofs.Take(payload, now);
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
                byte[] report = _telemetry.Report(now, MinerStates.NameOf(State), _scan, _queue.Count, Facts);
                _link.Publish(Topics.Telemetry(_options.DeviceId), report, 0, false);
            }
        }

        private MinerState StateNow()
        {
            return _scan.IsBroken ? MinerState.Broken
                : _scan.IsOnTrial ? MinerState.SelfTest
                : _scan.IsPaused || _scan.IsWithheld ? MinerState.Paused
                : _desk.Current != null ? MinerState.Mining
                : _desk.IsAsking ? MinerState.Fetching
                : MinerState.Waiting;
        }

        private int WaitFrom(long now)
        {
            long due = Earlier(now + LongestWaitMs, Earlier(_link.DueAt, Earlier(_commands.DueAt, _proofs.DueAt)));
            if (!_scan.IsBroken)
            {
                due = Earlier(due, Earlier(_desk.DueAt, _scan.DueAt));
            }

            return due <= now || _hasMoreEvents ? 0 : (int)(due - now);
        }

        private static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }
    }
}
