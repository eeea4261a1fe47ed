using MicroFirmware.Mining;

namespace MicroFirmware.Appliance
{
    /// <summary>What the console's commands do.</summary>
    internal sealed class ConsoleCommands
    {
        /// <summary>The grammar's version; <c>hello</c> says it.</summary>
        internal const string GrammarVersion = "1";

        private static readonly string[] s_help =
        {
            "help                      this list",
            "hello [word]              says that this is a MicroFirmware board",
            "status                    what the board is doing",
            "get [name]                settings",
            "set <name> [value]        changes a setting; without a value it gets its default",
            "save                      checks the settings and keeps them",
            "reset                     forgets what was set and not saved",
            "scan                      networks in sight",
            "test                      network, clock, gateway and key",
            "log [n]                   what the board has said",
            "update [release]          fetches an update",
            "reboot                    starts anew",
            "factory <device>          erases all settings",
        };

        private readonly Supervisor _supervisor;
        private readonly AppliancePorts _ports;
        private readonly ConsoleAnswer _answer;
        private readonly SettingsDesk _settings;

        internal ConsoleCommands(Supervisor supervisor, AppliancePorts ports, ConsoleAnswer answer)
        {
            _supervisor = supervisor;
            _ports = ports;
            _answer = answer;
            _settings = new SettingsDesk(supervisor, answer);
        }

        /// <summary>Obeys a line.</summary>
        /// <returns>What goes on with the answer; null when it has ended.</returns>
        internal ConsoleTask Obey(string line, long now)
        {
            int blank = line.IndexOf(' ');
            string command = blank < 0 ? line : line.Substring(0, blank);
            string rest = blank < 0 ? "" : line.Substring(blank + 1).Trim();
            switch (command)
            {
                case "get":
                    _settings.Get(rest);
                    return null;
                case "set":
                    _settings.Set(rest);
                    return null;
                case "hello":
                    _answer.Ok("microfirmware " + GrammarVersion + (rest.Length == 0 ? "" : " " + rest));
                    return null;
                case "log":
                    Log(rest);
                    return null;
                case "update":
                    Update(rest, now);
                    return null;
                case "factory":
                    _settings.Factory(rest, now);
                    return null;
                default:
                    return ObeyWord(command, rest, now);
            }
        }

        private ConsoleTask ObeyWord(string command, string rest, long now)
        {
            switch (command)
            {
                case "help":
                case "status":
                case "save":
                case "reset":
                case "scan":
                case "test":
                case "reboot":
                    break;
                default:
                    _answer.Error(ConsoleCode.UnknownCommand, "unknown command; help lists them");
                    return null;
            }

            if (rest.Length != 0)
            {
                _answer.Error(ConsoleCode.Usage, "usage: " + command);
                return null;
            }

            switch (command)
            {
                case "help":
                    Help();
                    return null;
                case "status":
                    StatusReport.Write(_answer, _supervisor, _ports, _settings.IsUnsaved);
                    _answer.Ok("");
                    return null;
                case "save":
                    _settings.Save(now);
                    return null;
                case "reset":
                    _settings.Reset();
                    return null;
                case "reboot":
                    _answer.Ok("rebooting");
                    _supervisor.Restart(ResetReason.Console, now);
                    return null;
                default:
                    return Begin(command, now);
            }
        }

        private ConsoleTask Begin(string command, long now)
        {
            ConsoleTask task = null;
            if (command == "scan" && !_ports.Network.CanLookAround)
            {
                _answer.Error(ConsoleCode.NotHere, "not on this board");
            }
            else if (command == "scan")
            {
                task = new NetworkScan(_ports.Network, now);
            }
            else if (_supervisor.Saved.Current.Complaint != null)
            {
                _answer.Error(ConsoleCode.Incomplete, _supervisor.Saved.Current.Complaint);
            }
            else if (_supervisor.IsProbeBusy)
            {
                _answer.Error(ConsoleCode.Busy, "busy with an update");
            }
            else
            {
                task = new GatewayTest(_ports, _supervisor.Saved.Current, now);
            }

            if (task != null)
            {
                task.Answer = _answer;
            }

            return task;
        }

        private void Help()
        {
            foreach (string line in s_help)
            {
                _answer.Say(line);
            }

            _answer.Ok("");
        }

        private void Log(string rest)
        {
            int count = BoardLog.Depth;
            if (rest.Length != 0 && (!SettingValue.TryNumber(rest, out count) || count < 1 || count > BoardLog.Depth))
            {
                _answer.Error(ConsoleCode.Usage, "usage: log [1 to 32]");
                return;
            }

            BoardLog log = _supervisor.Log;
            for (int age = (count < log.Count ? count : log.Count) - 1; age >= 0; age--)
            {
                _answer.Say(log.At(age));
            }

            _answer.Ok("");
        }

        private void Update(string rest, long now)
        {
            int release = 0;
            if (rest.Length != 0 && (!SettingValue.TryNumber(rest, out release) || release < 1))
            {
                _answer.Error(ConsoleCode.Usage, "usage: update [release]");
            }
            else if (_ports.Images == null)
            {
                _answer.Error(ConsoleCode.NotHere, "not on this board");
            }
            else if (_supervisor.Settings.OctetsAt(SettingTable.UpdateKey) == null)
            {
                _answer.Error(ConsoleCode.NoUpdateKey, "no update key is set");
            }
            else if (!_supervisor.BeginUpdate((uint)release, now))
            {
                _answer.Error(ConsoleCode.Busy, "busy, or not mining yet");
            }
            else
            {
                _answer.Ok("fetching");
            }
        }
    }
}
