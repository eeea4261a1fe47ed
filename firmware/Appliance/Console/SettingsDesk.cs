using MicroFirmware.Mining;

namespace MicroFirmware.Appliance
{
    /// <summary>The console's settings: changed one by one, kept as a whole.</summary>
    internal sealed class SettingsDesk
    {
        private readonly Supervisor _supervisor;
        private readonly ConsoleAnswer _answer;
        private BoardSettings _edited;

        internal SettingsDesk(Supervisor supervisor, ConsoleAnswer answer)
        {
            _supervisor = supervisor;
            _answer = answer;
        }

        /// <summary>Whether something was set and not saved.</summary>
        internal bool IsUnsaved
        {
            get { return _edited != null && _edited.ToText() != _supervisor.Saved.Current.ToText(); }
        }

        private BoardSettings Shown
        {
            get { return _edited ?? _supervisor.Saved.Current; }
        }

        internal void Get(string name)
        {
            int index = SettingTable.IndexOf(name);
            if (name.Length != 0 && index < 0)
            {
                _answer.Error(ConsoleCode.UnknownSetting, "unknown setting; get lists them");
                return;
            }

            for (int i = 0; i < SettingTable.All.Length; i++)
            {
                if (index < 0 || i == index)
                {
                    bool isSaved = Shown.ValueAt(i) == _supervisor.Saved.Current.ValueAt(i);
                    string mark = index < 0 && !isSaved ? "* " : "";
                    _answer.Say(mark + SettingTable.All[i].Name + " = " + Shown.ShownAt(i));
                }
            }

            _answer.Ok("");
        }

        internal void Set(string rest)
        {
            int blank = rest.IndexOf(' ');
            string name = blank < 0 ? rest : rest.Substring(0, blank);
            string value = blank < 0 ? "" : rest.Substring(blank + 1).Trim();
            int index = SettingTable.IndexOf(name);
            if (index < 0)
            {
                bool isNothing = name.Length == 0;
                _answer.Error(
                    isNothing ? ConsoleCode.Usage : ConsoleCode.UnknownSetting,
                    isNothing ? "usage: set <name> [value]" : "unknown setting; get lists them");
                return;
            }

            _edited ??= _supervisor.Saved.Current.Copy();
            if (_edited.TrySet(name, value))
            {
                _answer.Ok("");
                return;
            }

            _answer.Error(ConsoleCode.BadValue, name + ": " + SettingTable.All[index].Range);
        }

        internal void Save(long now)
        {
            string complaint = Shown.Complaint;
            if (complaint != null)
            {
                _answer.Error(ConsoleCode.Incomplete, complaint);
            }
            else if (!_supervisor.Saved.Save(Shown))
            {
                _answer.Error(ConsoleCode.Drive, "the drive could not be written; nothing has changed");
            }
            else
            {
                _edited = null;
                _answer.Ok(_supervisor.UseSaved(now) ? "saved; starting" : "saved; reboot to use it");
            }
        }

        internal void Reset()
        {
            _edited = null;
            _answer.Ok("");
        }

        internal void Factory(string rest, long now)
        {
            string device = _supervisor.Saved.Current.DeviceId;
            string word = device.Length == 0 ? "-" : device;
            if (rest != word)
            {
                _answer.Error(ConsoleCode.Usage, "type: factory " + word);
            }
            else if (!_supervisor.Saved.Erase())
            {
                _answer.Error(ConsoleCode.Drive, "the drive could not be written");
            }
            else
            {
                _edited = null;
                _answer.Ok("erased; rebooting");
                _supervisor.Restart(ResetReason.Settings, now);
            }
        }
    }
}
