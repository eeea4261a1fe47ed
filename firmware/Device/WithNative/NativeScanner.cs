using MicroFirmware.Mining;
using MicroFirmware.Native;
using MicroFirmware.Protocol;

namespace MicroFirmware.Device
{
    /// <summary>
    /// The scanner of an image with native kernels: it runs by itself and is only asked how far it is.
    /// </summary>
    internal sealed class NativeScanner : INonceScanner
    {
        private const string NameWhileNoneIsChosen = "native";

        private readonly uint[] _progress = new uint[NativeScan.ProgressLength];
        private readonly byte[] _name = new byte[Limits.TelemetryTextMaxLength];
        private readonly byte[] _reason = new byte[64];
        private readonly IConsole _console;
        private string _told = NameWhileNoneIsChosen;

        internal NativeScanner(IConsole console)
        {
            _console = console;
        }

        /// <inheritdoc/>
        public string Name
        {
            get
            {
                int length = NativeScan.ReadKernelName(_name);
                return length == 0 ? NameWhileNoneIsChosen : Tell(Ascii.GetString(_name, 0, length));
            }
        }

        /// <inheritdoc/>
        public uint MaxThreshold
        {
            get { return NativeScan.MaxThreshold; }
        }

        /// <inheritdoc/>
        public int PollIntervalMs
        {
            get { return 20; }
        }

        /// <inheritdoc/>
        public void Start(byte[] header, uint firstNonce, uint lastNonce, uint threshold)
        {
            // What cannot be begun is seen at the next poll: no scan is under way.
            NativeScan.Start(header, firstNonce, lastNonce, threshold);
        }

        /// <inheritdoc/>
        public ScanStatus Poll(uint budget, ScanProgress progress)
        {
            ScanStatus status = (ScanStatus)NativeScan.Poll(_progress);
            progress.Hashes = _progress[NativeScan.Hashes];
            progress.Nonce = _progress[NativeScan.Nonce];
            progress.NextNonce = _progress[NativeScan.NextNonce];
            return status;
        }

        /// <inheritdoc/>
        public void Stop()
        {
            NativeScan.Stop();
        }

        /// <inheritdoc/>
        public bool StepDown()
        {
            return NativeScan.StepDown();
        }

        /// <summary>Says which kernel runs, and why, when that has changed.</summary>
        private string Tell(string name)
        {
            if (name != _told)
            {
                _told = name;
                int length = NativeScan.ReadKernelReason(_reason);
                _console.WriteLine("scanner: " + name + ", " + Ascii.GetString(_reason, 0, length));
            }

            return name;
        }
    }
}
