using System;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// What the managed scanners share: they hash while they are polled, at most the budget at a time.
    /// </summary>
    public abstract class ManagedScanner : INonceScanner
    {
        private bool _isRunning;
        private uint _next;
        private uint _last;
        private bool _isDone;

        /// <inheritdoc/>
        public abstract string Name { get; }

        /// <inheritdoc/>
        public uint MaxThreshold
        {
            get { return uint.MaxValue; }
        }

        /// <inheritdoc/>
        public int PollIntervalMs
        {
            get { return 0; }
        }

        /// <inheritdoc/>
        public void Start(byte[] header, uint firstNonce, uint lastNonce, uint threshold)
        {
            if (_isRunning || firstNonce > lastNonce)
            {
                throw new InvalidOperationException();
            }

            Prepare(header, threshold);
            _next = firstNonce;
            _last = lastNonce;
            _isDone = false;
            _isRunning = true;
        }

        /// <inheritdoc/>
        public ScanStatus Poll(uint budget, ScanProgress progress)
        {
            progress.Hashes = 0;
            progress.NextNonce = _next;
            if (!_isRunning)
            {
                return ScanStatus.Idle;
            }

            if (_isDone)
            {
                _isRunning = false;
                return ScanStatus.Finished;
            }

            uint rest = _last - _next;
            uint wanted = budget == 0 ? 1 : budget;
            return Take(wanted - 1 > rest ? rest + 1 : wanted, progress);
        }

        /// <inheritdoc/>
        public void Stop()
        {
            _isRunning = _isRunning && _isDone;
        }

        /// <inheritdoc/>
        public bool StepDown()
        {
            return false;
        }

        /// <summary>Does what depends on the header but not on the nonce.</summary>
        protected abstract void Prepare(byte[] header, uint threshold);

        /// <summary>Hashes <paramref name="count"/> nonces or up to and with the first candidate.</summary>
        /// <returns>How many nonces before the candidate; <paramref name="count"/> when there is none.</returns>
        protected abstract uint Search(uint first, uint count);

        private ScanStatus Take(uint count, ScanProgress progress)
        {
            uint before = Search(_next, count);
            bool isFound = before < count;
            progress.Nonce = _next + before;
            progress.Hashes = isFound ? before + 1 : count;
            _isDone = progress.Hashes - 1 == _last - _next;
            _next += progress.Hashes;
            progress.NextNonce = _next;
            if (isFound)
            {
                return ScanStatus.Candidate;
            }

            _isRunning = !_isDone;
            return _isDone ? ScanStatus.Finished : ScanStatus.Running;
        }
    }
}
