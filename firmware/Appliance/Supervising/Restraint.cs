using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Appliance
{
    /// <summary>
    /// How much the board may mine at the moment: the appliance's own work, heat, quiet hours and the power budget come
    /// first.
    /// </summary>
    internal sealed class Restraint
    {
        /// <summary>How far the board cools down before it goes on, in degrees Celsius.</summary>
        internal const int HysteresisCelsius = 5;

        private const int LookIntervalMs = 1000;

        private readonly IBoard _board;
        private readonly IClock _clock;
        private readonly int _temperatureMax;
        private readonly int _quietFrom;
        private readonly int _quietTo;
        private readonly int _utcOffset;
        private readonly bool _isBudgetTooSmall;
        private readonly object _lock = new object();
        private int _sections;
        private bool _isHot;
        private bool _isQuiet;
        private long _lookAt;

        internal Restraint(IBoard board, IClock clock, BoardSettings settings)
        {
            _board = board;
            _clock = clock;
            _temperatureMax = settings.NumberAt(SettingTable.TemperatureMax);
            _utcOffset = settings.NumberAt(SettingTable.UtcOffset);
            SettingValue.TryHours(settings.ValueAt(SettingTable.Quiet), out _quietFrom, out _quietTo);

            int duty = DutyOf(
                settings.NumberAt(SettingTable.PowerBudget), settings.NumberAt(SettingTable.PowerIdle),
                settings.NumberAt(SettingTable.PowerScan));
            _isBudgetTooSmall = duty == 0;
            MostDuty = duty == 0 ? 1 : duty < settings.DutyPercent ? duty : settings.DutyPercent;
        }

        /// <summary>Bound of the duty, 1 to 100.</summary>
        internal int MostDuty { get; }

        /// <summary>Whether a foreground section is open.</summary>
        internal bool IsForeground
        {
            get
            {
                lock (_lock)
                {
                    return _sections != 0;
                }
            }
        }

        /// <summary>Whether to rest for longer.</summary>
        internal bool IsResting
        {
            get { return _isHot || _isQuiet || _isBudgetTooSmall; }
        }

        /// <summary>Why there is no scanning; null when there may be.</summary>
        internal string Cause
        {
            get
            {
                return IsForeground ? "foreground" : _isHot ? "hot" : _isQuiet ? "quiet"
                    : _isBudgetTooSmall ? "budget" : null;
            }
        }

        /// <summary>Opens a section; from any thread.</summary>
        internal void Enter()
        {
            lock (_lock)
            {
                _sections++;
            }
        }

        /// <summary>Closes one; from any thread.</summary>
        internal void Leave()
        {
            lock (_lock)
            {
                _sections--;
            }
        }

        /// <summary>Looks at the thermometer and the clock.</summary>
        internal void Step(long now)
        {
            if (now < _lookAt)
            {
                return;
            }

            _lookAt = now + LookIntervalMs;
            long celsius = _board.Temperature;
            int limit = _isHot ? _temperatureMax - HysteresisCelsius : _temperatureMax;
            _isHot = _temperatureMax != 0 && celsius != Telemetry.Unknown && celsius > limit;
            long utc = _clock.UtcSeconds;
            _isQuiet = utc != 0 && _quietFrom != _quietTo && IsWithin((int)(((utc / 60) + _utcOffset) % 1440));
        }

        /// <summary>The duty that a budget leaves, 0 to 100.</summary>
        internal static int DutyOf(int budget, int idle, int scan)
        {
            int percent = (budget - idle) * 100 / (scan - idle);
            return budget == 0 || percent > 100 ? 100 : percent < 0 ? 0 : percent;
        }

        private bool IsWithin(int minute)
        {
            return _quietFrom < _quietTo
                ? minute >= _quietFrom && minute < _quietTo
                : minute >= _quietFrom || minute < _quietTo;
        }
    }
}
