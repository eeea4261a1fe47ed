using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Appliance
{
    /// <summary>The board from its first look for a network until its next restart.</summary>
    internal sealed class MiningLife
    {
        /// <summary>A start that has mined for so long was not in vain, and an update has proven itself.</summary>
        internal const int GoodMs = 60000;

        /// <summary>Nor was one that lasted so long, whatever kept it from mining.</summary>
        internal const int LastedMs = 600000;

        /// <summary>Longest wait for the time before work is asked for without it.</summary>
        internal const int TimeDeadlineMs = 20000;

        /// <summary>How long a broker may be away before that counts as a fault.</summary>
        internal const int BrokerGraceMs = 60000;

        /// <summary>How long a share that was given up counts as a fault.</summary>
        internal const int DroppedMs = 600000;

        private const int FlashRetryMs = 60000;

        private readonly AppliancePorts _ports;
        private readonly BoardSettings _settings;
        private readonly BoardState _state;
        private readonly NetworkKeeper _network;
        private readonly BoardLog _log;
        private readonly GatewayAddress[] _gateways;
        private readonly GatewayOrder _order;
        private readonly ShareVault _vault;
        private readonly StallWatch _stall = new StallWatch();
        private readonly RestartGate _gate;
        private readonly long _startedAt;
        private bool _isFlashGood;
        private long _flashAt;
        private long _miningSince;
        private long _brokerAt;
        private long _droppedAt = -DroppedMs;
        private uint _dropped;
        private bool _isProven;

        internal MiningLife(
            ApplianceOptions options,
            AppliancePorts ports,
            BoardSettings settings,
            BoardState state,
            NetworkKeeper network,
            BoardLog log,
            uint seed,
            long now)
        {
            _ports = ports;
            _settings = settings;
            _state = state;
            _network = network;
            _log = log;
            _startedAt = now;
            _miningSince = now;
            _brokerAt = now;
            _gateways = settings.Gateways;
            _order = new GatewayOrder(_gateways.Length);
            _vault = new ShareVault(ports.Store, _gateways);
            _gate = new RestartGate(ports.Board);
            Restraint = new Restraint(ports.Board, ports.Clock, settings);
            Updates = new UpdateDesk(ports, settings, log, now);
            Miner = new Miner(OptionsOf(options, settings, seed), PortsOf(), state, _vault.Of(0));
            Miner.SetMostDuty(Restraint.MostDuty);
            Miner.Facts.Reset = ResetReasons.NameOf(state.ReasonAt(0));
            _isFlashGood = Miner.IsFlashGood;
        }

        internal Miner Miner { get; }

        internal Restraint Restraint { get; }

        internal UpdateDesk Updates { get; }

        internal LifeState State { get; private set; } = LifeState.Network;

        internal string Cause { get; private set; }

        /// <summary>Why the board has to restart; None while it has not.</summary>
        internal ResetReason RestartReason { get; private set; }

        /// <summary>Settings that a command has changed, for the supervisor to save.</summary>
        internal BoardSettings NewSettings { get; set; }

        internal GatewayAddress Gateway
        {
            get { return _gateways[_order.Index]; }
        }

        internal string GatewayHost
        {
            get { return Gateway.Host; }
        }

        internal ShareVault Vault
        {
            get { return _vault; }
        }

        /// <summary>Shares that wait for the gateway in use.</summary>
        internal int WaitingHere
        {
            get { return _vault.Of(_order.Index).Count; }
        }

        /// <summary>Shares that wait for any gateway.</summary>
        internal int SharesWaiting
        {
            get { return _vault.Count; }
        }

        /// <summary>Does what is due.</summary>
        internal int Step(long now)
        {
            if (_network.Step(now))
            {
                Miner.Reconnect(now);
            }

            FollowGateway(now);
            Restraint.Step(now);
            Miner.IsWithheld = Restraint.IsForeground;
            Miner.IsResting = Restraint.IsResting;
            State = StateNow(now);
            Tell();
            int wait = Miner.Step(now);
            TakeRequest(now);
            Watch(now);
            KeepRecords(now);
            int updateWait = Updates.Step(now);
            if (_gate.IsRestartWanted)
            {
                RestartReason = ResetReason.Command;
            }

            return updateWait < wait ? updateWait : wait;
        }

        /// <summary>Writes down what waits, and says goodbye.</summary>
        internal void Leave()
        {
            if (!_vault.Save())
            {
                _log.WriteLine("share: those that wait could not be written down");
            }

            Miner.Leave();
        }

        private static MinerOptions OptionsOf(ApplianceOptions options, BoardSettings settings, uint seed)
        {
            return new MinerOptions
            {
                DeviceId = settings.DeviceId,
                Key = settings.Key,
                Gateway = settings.Gateways[0],
                Seed = seed,
                FirmwareVersion = options.FirmwareVersion,
                SliceMs = options.SliceMs,
                SliceMaxNonces = options.SliceMaxNonces,
                TelemetryIntervalMs = settings.NumberAt(SettingTable.Telemetry) * 1000,
            };
        }

        private MinerPorts PortsOf()
        {
            return new MinerPorts
            {
                Scanner = _ports.Scanner,
                Fallback = _ports.Fallback,
                WorkSource = _ports.WorkSource,
                ShareChannel = _ports.ShareChannel,
                Store = _ports.Store,
                Console = _log,
                Clock = _ports.Clock,
                Board = _gate,
            };
        }

        private void FollowGateway(long now)
        {
            bool wantsNoWork = Miner.IsPaused || Restraint.IsResting;
            if (_order.Step(_network.IsJoined, Miner.HasWork || wantsNoWork, Miner.IsConnected, now))
            {
                _log.WriteLine("gateway: " + GatewayHost);
                Miner.UseGateway(Gateway, _vault.Of(_order.Index), now);
            }
        }

        private LifeState StateNow(long now)
        {
            bool isMining = Miner.State == MinerState.Mining || Miner.State == MinerState.Paused;
            if (!isMining)
            {
                bool wantsTime = _ports.Clock.UtcSeconds == 0 && now - _network.JoinedAt < TimeDeadlineMs;
                Cause = null;
                _miningSince = now;
                return !_network.IsJoined ? LifeState.Network : wantsTime ? LifeState.Time : LifeState.Gateway;
            }

            string fault = FaultNow(now);
            Cause = Miner.IsPaused ? "paused" : Restraint.Cause ?? fault;
            return fault == null ? LifeState.Mining : LifeState.Degraded;
        }

        private string FaultNow(long now)
        {
            uint dropped = Miner.Statistics.SharesDropped;
            _droppedAt = dropped != _dropped ? now : _droppedAt;
            _dropped = dropped;
            _brokerAt = Miner.IsConnected ? now : _brokerAt;
            return !_network.IsJoined ? "no-network"
                : now - _brokerAt >= BrokerGraceMs ? "no-broker"
                : _order.Index != 0 ? "fallback"
                : _ports.Clock.UtcSeconds == 0 && now - _network.JoinedAt >= TimeDeadlineMs ? "no-time"
                : now - _droppedAt < DroppedMs ? "queue"
                : !_isFlashGood ? "no-flash"
                : null;
        }

        private void Tell()
        {
            BoardFacts facts = Miner.Facts;
            string state = LifeStates.NameOf(State);
            facts.State = state;
            facts.Cause = Cause;
            facts.Boots = _state.BootCount;
            facts.Release = Updates.Release;
            facts.WaitingElsewhere = _vault.Count - WaitingHere;
        }

        private void TakeRequest(long now)
        {
            Command request = Miner.TakeRequest();
            if (request == null)
            {
                return;
            }

            if (request.Code == CommandCode.Update)
            {
                Updates.Begin(request.Argument, Gateway, now);
            }
            else if (SettingValue.ReadGateway(request.Text, 1, 1, false) != null)
            {
                NewSettings = _settings.Copy();
                NewSettings.PutFirst(request.Text);
            }
        }

        private void Watch(long now)
        {
            bool isResting = Miner.State == MinerState.Paused;

            // Without a scanner that works no work is fetched; the fault is the scanner's all the same.
            bool isScannersTurn = Miner.HasWork || Miner.State == MinerState.Broken;
            switch (_stall.Step(Miner.Statistics.Hashes, isScannersTurn, isResting, now))
            {
                case StallAction.Scanner:
                    _log.WriteLine("stall: the scanner is restarted");
                    Miner.RestartScanner(now);
                    break;
                case StallAction.Network:
                    _network.Restart(now);
                    break;
                case StallAction.Board:
                    RestartReason = ResetReason.Stall;
                    break;
                default:
                    break;
            }
        }

        private void KeepRecords(long now)
        {
            bool isGood = now - _miningSince >= GoodMs;
            if ((isGood || now - _startedAt >= LastedMs) && !_isProven)
            {
                _isProven = _state.StartsInVain == 0 || _state.SetStartsInVain(0);
            }

            if (isGood)
            {
                Updates.Confirm();
            }

            if (!_isFlashGood && now >= _flashAt)
            {
                _flashAt = now + FlashRetryMs;
                _isFlashGood = _state.SetBootCount(_state.BootCount);
            }

            if (Updates.RestartReason != ResetReason.None)
            {
                RestartReason = Updates.RestartReason;
            }

            _vault.Step();
        }
    }
}
