using MicroFirmware.Mining;

namespace MicroFirmware.Appliance
{
    /// <summary>Keeps the board in its network and its clock right; gives up never, and hurries less and
    /// less.</summary>
    internal sealed class NetworkKeeper
    {
        internal const int JoinDeadlineMs = 60000;

        /// <summary>The clock is set anew after so long.</summary>
        internal const int ClockIntervalMs = 6 * 3600000;

        private readonly INetwork _network;
        private readonly IClock _clock;
        private readonly IConsole _log;
        private readonly BoardSettings _settings;
        private readonly Backoff _backoff;
        private readonly Backoff _clockBackoff;
        private bool _isJoining;
        private bool _hadTime;
        private long _notBefore;
        private long _deadline;
        private long _askAt;

        internal NetworkKeeper(AppliancePorts ports, IConsole log, BoardSettings settings, JitterSource jitter)
        {
            _network = ports.Network;
            _clock = ports.Clock;
            _log = log;
            _settings = settings;
            _backoff = new Backoff(jitter);
            _clockBackoff = new Backoff(jitter);
        }

        /// <summary>Whether the network is joined.</summary>
        internal bool IsJoined { get; private set; }

        /// <summary>Since when.</summary>
        internal long JoinedAt { get; private set; }

        /// <summary>Does what is due.</summary>
        /// <returns>True when the network was joined just now.</returns>
        internal bool Step(long now)
        {
            bool wasJoined = IsJoined;
            NetworkStatus status = _network.Status;
            IsJoined = status == NetworkStatus.Joined;
            if (IsJoined)
            {
                StepJoined(wasJoined, now);
                return !wasJoined;
            }

            if (wasJoined)
            {
                _log.WriteLine("network: lost");
                _notBefore = now + _backoff.Next();
            }

            StepDown(status, now);
            return false;
        }

        /// <summary>Leaves, and joins afresh.</summary>
        internal void Restart(long now)
        {
            _log.WriteLine("network: restarted");
            _network.Leave();
            IsJoined = false;
            _isJoining = false;
            _notBefore = now + _backoff.Next();
        }

        private void StepJoined(bool wasJoined, long now)
        {
            if (!wasJoined)
            {
                _log.WriteLine("network: joined");
                JoinedAt = now;
                _isJoining = false;
                _backoff.Reset();
                _clockBackoff.Reset();
                _askAt = now;
            }

            bool hasTime = _clock.UtcSeconds != 0;
            if (hasTime != _hadTime)
            {
                _hadTime = hasTime;
                _askAt = hasTime ? now + ClockIntervalMs : now;
                _clockBackoff.Reset();
            }

            if (now >= _askAt)
            {
                _askAt = now + (hasTime ? ClockIntervalMs : _clockBackoff.Next());
                _network.AskTime(_settings.TimeServer);
            }
        }

        private void StepDown(NetworkStatus status, long now)
        {
            if (_isJoining && (status == NetworkStatus.Down || now >= _deadline))
            {
                _log.WriteLine("network: not joined");
                _network.Leave();
                _isJoining = false;
                _notBefore = now + _backoff.Next();
            }
            else if (!_isJoining && now >= _notBefore)
            {
                _isJoining = true;
                _deadline = now + JoinDeadlineMs;
                _network.Join(_settings.WifiName, _settings.WifiPassword);
            }
        }
    }
}
