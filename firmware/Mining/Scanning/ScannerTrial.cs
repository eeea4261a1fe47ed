using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// Makes a scanner prove itself on headers of the Bitcoin main chain: in a few nonces around the known one it
    /// must find exactly that. It runs in steps, as a scanner may run by itself.
    /// </summary>
    internal sealed class ScannerTrial
    {
        /// <summary>Longest time for one header.</summary>
        internal const int DeadlineMs = 20000;

        private const uint Before = 5;
        private const uint After = 10;
        private const uint SliceNonces = 8;

        // Blocks 1, 125552 and 481824: the 76 octets before the nonce, and the nonce.
        private static readonly string[] s_headers =
        {
            "010000006fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d61900000000009820"
                + "51fd1e4ba744bbbe680e1fee14677ba1a3c3540bf7b1cdb606e857233e0e61bc6649ffff001d",
            "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000e320"
                + "b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a",
            "02000020801b81629334be8e7af5ebfb9df09c18e1f833b5f0efcb00000000000000000040d1"
                + "ca077fefe7fb797711baa0c063eca9b8ed9469ae0128982b44ad0c25386491329e59e93c0118",
        };

        private static readonly uint[] s_nonces = { 0x9962e301, 0x9546a142, 0x2254ff22 };

        private readonly INonceScanner _scanner;
        private readonly ScanProgress _progress = new ScanProgress();
        private int _index = -1;
        private bool _isFound;
        private long _deadline;

        internal ScannerTrial(INonceScanner scanner)
        {
            _scanner = scanner;
        }

        /// <summary>Hashes a little.</summary>
        /// <returns>Running, Finished when it is proven, Failed when it is not to be used.</returns>
        internal ScanStatus Step(long now)
        {
            ScanStatus status = _scanner.Poll(SliceNonces, _progress);
            if (_index < 0)
            {
                return Clear(status, now);
            }

            if (status == ScanStatus.Candidate)
            {
                bool isRight = _progress.Nonce == s_nonces[_index] && !_isFound;
                _isFound = true;
                return isRight ? ScanStatus.Running : Fail();
            }

            if (status == ScanStatus.Running)
            {
                return now < _deadline ? ScanStatus.Running : Fail();
            }

            return status == ScanStatus.Finished && _isFound ? StartNext(now) : Fail();
        }

        // A scanner that runs by itself may still be at what the run before gave it.
        private ScanStatus Clear(ScanStatus status, long now)
        {
            if (status == ScanStatus.Idle || status == ScanStatus.Finished)
            {
                return StartNext(now);
            }

            _deadline = _deadline == 0 ? now + DeadlineMs : _deadline;
            _scanner.Stop();
            return now < _deadline && status != ScanStatus.Failed ? ScanStatus.Running : ScanStatus.Failed;
        }

        private ScanStatus StartNext(long now)
        {
            if (++_index == s_headers.Length)
            {
                return ScanStatus.Finished;
            }

            byte[] header;
            if (!Hex.TryDecode(s_headers[_index], 0, Limits.HeaderWithoutNonceLength, out header))
            {
                return ScanStatus.Failed;
            }

            _isFound = false;
            _deadline = now + DeadlineMs;
            _scanner.Start(header, s_nonces[_index] - Before, s_nonces[_index] + After, 0);
            return ScanStatus.Running;
        }

        private ScanStatus Fail()
        {
            _scanner.Stop();
            return ScanStatus.Failed;
        }
    }
}
