namespace MicroFirmware.Mining
{
    /// <summary>
    /// The scanners in the order in which they are tried: the board's own, the managed unrolled one, the plain one.
    /// None is used before it has passed its trial; one that was wrong once is stepped down or left for the next.
    /// </summary>
    internal sealed class ScannerLadder
    {
        private readonly INonceScanner[] _scanners;
        private int _index;
        private ScannerTrial _trial;

        /// <summary>Begins with a scanner.</summary>
        /// <param name="first">The board's own.</param>
        /// <param name="second">The only other one; null for those in managed code.</param>
        internal ScannerLadder(INonceScanner first, INonceScanner second)
        {
            _scanners = second != null ? new INonceScanner[] { first, second }
                : first is ReferenceScanner ? new INonceScanner[] { first }
                : first is UnrolledScanner ? new INonceScanner[] { first, new ReferenceScanner() }
                : new INonceScanner[] { first, new UnrolledScanner(), new ReferenceScanner() };
            _trial = new ScannerTrial(first);
        }

        /// <summary>The scanner in use or on trial.</summary>
        internal INonceScanner Current
        {
            get { return _scanners[_index]; }
        }

        /// <summary>Whether the current scanner has passed.</summary>
        internal bool IsReady
        {
            get { return _trial == null; }
        }

        /// <summary>Goes on with the trial.</summary>
        /// <returns>Running; Finished once a scanner has passed; Failed when none did.</returns>
        internal ScanStatus Step(long now)
        {
            ScanStatus status = _trial.Step(now);
            if (status == ScanStatus.Finished)
            {
                _trial = null;
                return status;
            }

            return status == ScanStatus.Failed && !Next() ? ScanStatus.Failed : ScanStatus.Running;
        }

        /// <summary>The current scanner, which is idle, reported a false candidate.</summary>
        /// <returns>False when there is nothing left to use.</returns>
        internal bool StepDown()
        {
            if (Current.StepDown())
            {
                _trial = new ScannerTrial(Current);
                return true;
            }

            return Next();
        }

        /// <summary>The current scanner does not work: goes on to the next.</summary>
        /// <returns>False when there is none.</returns>
        internal bool Next()
        {
            if (_index + 1 == _scanners.Length)
            {
                return false;
            }

            _index++;
            _trial = new ScannerTrial(Current);
            return true;
        }
    }
}
