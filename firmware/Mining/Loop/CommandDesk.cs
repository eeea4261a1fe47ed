using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// Obeys commands: those that are whole, carry the tag of the device's key, and are newer than the last one, whose
    /// counter is stored before anything is done. A pause and a duty hold until the next start.
    /// </summary>
    internal sealed class CommandDesk
    {
        /// <summary>From the command to restart until the restart, for the goodbye to leave.</summary>
        internal const int RestartDelayMs = 500;

        private const long Never = long.MaxValue;

        private readonly MinerOptions _options;
        private readonly MinerPorts _ports;
        private readonly BoardState _state;
        private readonly ScanLoop _scan;
        private readonly BrokerLink _link;

        internal CommandDesk(
            MinerOptions options, MinerPorts ports, BoardState state, ScanLoop scan, BrokerLink link)
        {
            _options = options;
            _ports = ports;
            _state = state;
            _scan = scan;
            _link = link;
        }

        /// <summary>A command for whoever stands above the miner; the last one, or null.</summary>
        internal Command Request { get; set; }

        /// <summary>When <see cref="Step"/> has something to do.</summary>
        internal long DueAt { get; private set; } = Never;

        /// <summary>Takes a message from the command topic.</summary>
        /// <returns>False when it is not obeyed.</returns>
        internal bool Take(byte[] payload, long now)
        {
            Command command;
            if (Command.Parse(payload, 0, payload.Length, out command) != ParseStatus.Done
                || !Command.IsAuthentic(payload, 0, _options.Key, _options.DeviceId)
                || command.Counter <= _state.CommandCounter
                || !_state.SetCommandCounter(command.Counter))
            {
                _ports.Console.WriteLine("command: malformed, forged, old, or its counter cannot be stored");
                return false;
            }

            Obey(command, now);
            return true;
        }

        /// <summary>Restarts the board when it is time to.</summary>
        internal void Step(long now)
        {
            if (now >= DueAt)
            {
                DueAt = Never;
                _ports.ShareChannel.Close();
                _ports.Board.Restart();
            }
        }

        private void Obey(Command command, long now)
        {
            switch (command.Code)
            {
                case CommandCode.Pause:
                    _scan.IsPaused = true;
                    break;
                case CommandCode.Resume:
                    _scan.IsPaused = false;
                    break;
                case CommandCode.Identify:
                    _ports.Board.Identify((int)command.Argument);
                    break;
                case CommandCode.SetDutyPercent:
                    _scan.SetDuty((int)command.Argument);
                    break;
                case CommandCode.SetGateway:
                case CommandCode.Update:
                    Request = command;
                    break;
                default:
                    _link.Leave();
                    DueAt = now + RestartDelayMs;
                    break;
            }
        }
    }
}
