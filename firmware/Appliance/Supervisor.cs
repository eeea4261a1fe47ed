using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Appliance
{
    /// <summary>
    /// A board's whole life: settings, network, time, gateways, the miner, the console, and what is done when one of
    /// them fails. <c>firmware/decisions/0005-boards-life.md</c> draws its states.
    /// </summary>
    /// <remarks>
    /// Like the miner it is stepped: <see cref="Step"/> does a bounded piece of everything and says when it wants to be
    /// called again. All but <see cref="EnterForeground"/> and <see cref="LeaveForeground"/> is for the one thread that
    /// steps it.
    /// </remarks>
    public sealed class Supervisor
    {
        /// <summary>Starts in a row that may be in vain; after one more the board is in safe mode.</summary>
        internal const int StartsInVainMax = 5;

        /// <summary>How long safe mode lasts.</summary>
        internal const int SafeMs = 900000;

        /// <summary>From the decision to restart until the restart, for goodbyes and answers to leave.</summary>
        internal const int RestartDelayMs = 500;

        /// <summary>A restart that did not happen is asked for again after so long.</summary>
        internal const int RestartAgainMs = 10000;

        private const int LongestWaitMs = 1000;
        private const long Never = long.MaxValue;

        private readonly ApplianceOptions _options;
        private readonly AppliancePorts _ports;
        private readonly BoardState _state;
        private readonly ConsoleShell _shell;
        private readonly long _startedAt;
        private NetworkKeeper _network;
        private MiningLife _life;
        private long _safeUntil;
        private long _restartAt = Never;

        /// <summary>Starts a board: counts the start, loads settings. Nothing is done before the first step.</summary>
        /// <param name="options">What the firmware is told by whoever built it in.</param>
        /// <param name="ports">What it uses.</param>
        public Supervisor(ApplianceOptions options, AppliancePorts ports)
        {
            _options = options;
            _ports = ports;
            _startedAt = ports.Clock.NowMs;
            Log = new BoardLog(ports.Console, ports.Clock);
            Log.WriteLine("boot " + options.FirmwareVersion);
            _state = new BoardState(ports.Store);
            _state.BeginStart();
            Saved = new SavedSettings(ports.Store);
            if (Saved.ImportFault != SettingsFault.None)
            {
                Log.WriteLine(BoardSettings.FileName + ": line " + Saved.ImportLine.ToString() + ", fault "
                    + ((int)Saved.ImportFault).ToString() + "; not used");
            }

            Settings = options.Settings ?? Saved.Current;
            _shell = new ConsoleShell(this, ports);
        }

        /// <summary>Where the board stands.</summary>
        public LifeState State { get; private set; }

        /// <summary>Why it is not simply mining: one word, or null.</summary>
        public string Cause { get; private set; }

        /// <summary>What the miner has counted; null before there is one.</summary>
        public MinerStatistics Statistics
        {
            get { return _life?.Miner.Statistics; }
        }

        /// <summary>The firmware's version.</summary>
        public string FirmwareVersion
        {
            get { return _options.FirmwareVersion; }
        }

        /// <summary>The settings in use.</summary>
        public BoardSettings Settings { get; private set; }

        /// <summary>The scanner in use or on trial.</summary>
        public string ScannerName
        {
            get { return _life == null ? _ports.Scanner.Name : _life.Miner.ScannerName; }
        }

        /// <summary>The host of the gateway in use; null before there is one.</summary>
        public string GatewayHost
        {
            get { return _life?.GatewayHost; }
        }

        /// <summary>Shares that no broker has acknowledged.</summary>
        public int SharesWaiting
        {
            get { return _life == null ? 0 : _life.SharesWaiting; }
        }

        /// <summary>The part of the time that is spent scanning when nothing stops it, in percent.</summary>
        public int DutyPercent
        {
            get { return _life == null ? 0 : _life.Miner.DutyPercent; }
        }

        /// <summary>Whether nothing is being scanned at this moment.</summary>
        public bool IsStill
        {
            get { return _life == null || _life.Miner.IsStill; }
        }

        internal BoardLog Log { get; }

        internal MiningLife Life
        {
            get { return _life; }
        }

        internal SavedSettings Saved { get; }

        internal long Release
        {
            get { return _ports.Images == null || _life == null ? Telemetry.Unknown : _life.Updates.Release; }
        }

        internal long Boots
        {
            get { return _state.BootCount; }
        }

        internal long UptimeSeconds
        {
            get { return (_ports.Clock.NowMs - _startedAt) / 1000; }
        }

        internal bool IsProbeBusy
        {
            get { return _life != null && _life.Updates.IsBusy; }
        }

        /// <summary>Does what is due, one scan slice at most.</summary>
        /// <param name="now">The clock's <see cref="IClock.NowMs"/>.</param>
        /// <returns>In how many milliseconds it wants to be called again, 0 to 1000.</returns>
        public int Step(long now)
        {
            _ports.Board.FeedWatchdog();
            if (State == LifeState.Boot)
            {
                Begin(now);
            }

            _shell.Step(now);
            int wait = _restartAt != Never ? StepRestart(now)
                : _life != null ? StepLife(now)
                : State == LifeState.Safe ? StepSafe(now)
                : LongestWaitMs;
            long due = _shell.DueAt - now;
            return due < 0 ? 0 : due < wait ? (int)due : wait;
        }

        /// <summary>
        /// The appliance needs the board: no scanning until as many <see cref="LeaveForeground"/>. Any thread. A scan
        /// slice under way ends first; <see cref="IsStill"/> says when.
        /// </summary>
        public void EnterForeground()
        {
            _life?.Restraint.Enter();
        }

        /// <summary>The appliance does not need the board any more. Any thread.</summary>
        public void LeaveForeground()
        {
            _life?.Restraint.Leave();
        }

        internal ResetReason ResetAt(int age)
        {
            return _state.ReasonAt(age);
        }

        /// <summary>Settings were saved; in setup the board starts with them.</summary>
        /// <returns>Whether they are used now.</returns>
        internal bool UseSaved(long now)
        {
            if (State != LifeState.Setup)
            {
                return false;
            }

            Settings = Saved.Current;
            Begin(now);
            return true;
        }

        internal bool BeginUpdate(uint release, long now)
        {
            return _life != null && _life.Updates.Begin(release, _life.Gateway, now);
        }

        /// <summary>Restarts the board, soon; what waits is written down first.</summary>
        internal void Restart(ResetReason reason, long now)
        {
            if (_restartAt != Never)
            {
                return;
            }

            Log.WriteLine("restart: " + ResetReasons.NameOf(reason));
            _state.Announce(reason);
            _life?.Leave();
            _restartAt = now + RestartDelayMs;
        }

        private void Begin(long now)
        {
            string complaint = Settings.Complaint;
            if (complaint != null)
            {
                State = LifeState.Setup;
                Log.WriteLine("setup: " + complaint);
                return;
            }

            uint seed = _options.Seed != 0 ? _options.Seed
                : LittleEndian.ReadUInt32(Settings.Key, 0) ^ (uint)_ports.Clock.NowMs;
            JitterSource jitter = new JitterSource(seed);
            _network = new NetworkKeeper(_ports, Log, Settings, jitter);
            if (_state.StartsInVain > StartsInVainMax)
            {
                State = LifeState.Safe;
                _safeUntil = now + SafeMs;
                Log.WriteLine("safe mode: too many starts in vain");
                return;
            }

            State = LifeState.Network;
            _life = new MiningLife(_options, _ports, Settings, _state, _network, Log, seed, now);
        }

        private int StepLife(long now)
        {
            int wait = _life.Step(now);
            State = _life.State;
            Cause = _life.Cause;
            if (_life.NewSettings != null && !Saved.Save(_life.NewSettings))
            {
                Log.WriteLine("gateway: the drive could not be written; as before");
                _life.NewSettings = null;
            }

            ResetReason reason = _life.NewSettings != null ? ResetReason.Settings : _life.RestartReason;
            if (reason != ResetReason.None)
            {
                Restart(reason, now);
                wait = 0;
            }

            return wait;
        }

        private int StepSafe(long now)
        {
            _network.Step(now);
            if (now >= _safeUntil)
            {
                _state.SetStartsInVain(StartsInVainMax - 1);
                Restart(ResetReason.Safe, now);
            }

            return LongestWaitMs;
        }

        private int StepRestart(long now)
        {
            if (now >= _restartAt)
            {
                _restartAt = now + RestartAgainMs;
                _ports.Board.Restart();
            }

            long due = _restartAt - now;
            return due < LongestWaitMs ? (int)due : LongestWaitMs;
        }
    }
}
