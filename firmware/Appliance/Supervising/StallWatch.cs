namespace MicroFirmware.Appliance
{
    /// <summary>
    /// Notices that nothing is hashed although it should be, and asks for more and more: the scanner, the network, the
    /// board are started anew.
    /// </summary>
    internal sealed class StallWatch
    {
        internal const int ScannerMs = 60000;
        internal const int NetworkMs = 180000;
        internal const int BoardMs = 600000;

        /// <summary>Without work the network is the first suspect, every so often.</summary>
        internal const int NetworkWithoutWorkMs = 600000;

        /// <summary>Without work the board, after this.</summary>
        internal const int BoardWithoutWorkMs = 7200000;

        private const int LongestStepMs = 5000;

        private ulong _hashes;
        private long _hashedAt;
        private long _steppedAt;
        private long _withWorkMs;
        private int _networkRestarts;
        private StallAction _last;
        private bool _isStarted;

        /// <summary>Looks at the counter.</summary>
        /// <param name="hashes">Hashes so far.</param>
        /// <param name="hasWork">Whether there is something to hash.</param>
        /// <param name="isResting">Whether hashing is not wanted.</param>
        /// <param name="now">The time.</param>
        internal StallAction Step(ulong hashes, bool hasWork, bool isResting, long now)
        {
            if (hashes != _hashes || isResting || !_isStarted)
            {
                Reset(hashes, now);
                return StallAction.None;
            }

            // A step that came late says nothing about the scanner.
            long passed = now - _steppedAt;
            _withWorkMs += !hasWork ? 0 : passed < LongestStepMs ? passed : LongestStepMs;
            _steppedAt = now;
            return Judge(now - _hashedAt);
        }

        private StallAction Judge(long idleMs)
        {
            if (_last < StallAction.Scanner && _withWorkMs >= ScannerMs)
            {
                return _last = StallAction.Scanner;
            }

            if (_withWorkMs >= BoardMs || idleMs >= BoardWithoutWorkMs)
            {
                return _last = StallAction.Board;
            }

            if (_last < StallAction.Network && _withWorkMs >= NetworkMs)
            {
                return _last = StallAction.Network;
            }

            if (idleMs >= (_networkRestarts + 1L) * NetworkWithoutWorkMs)
            {
                _networkRestarts++;
                return StallAction.Network;
            }

            return StallAction.None;
        }

        private void Reset(ulong hashes, long now)
        {
            _isStarted = true;
            _hashes = hashes;
            _hashedAt = now;
            _steppedAt = now;
            _withWorkMs = 0;
            _networkRestarts = 0;
            _last = StallAction.None;
        }
    }
}
