using System.Runtime.CompilerServices;

namespace MicroFirmware.Native
{
    /// <summary>
    /// The scan task of an image that was built with <c>hardware/interop</c>: kernels in a task of their own, on the
    /// core the managed code does not use. No call blocks. A program that refers to this assembly does not start on an
    /// image without it.
    /// </summary>
    /// <remarks>
    /// The order of these methods is the order of the table in <c>MicroFirmware_Native.cpp</c>; a test compares the
    /// two.
    /// </remarks>
    public static class NativeScan
    {
        /// <summary>Where <see cref="Poll"/> puts the nonces hashed since the poll before.</summary>
        public const int Hashes = 0;

        /// <summary>Where it puts the candidate.</summary>
        public const int Nonce = 1;

        /// <summary>Where it puts the first nonce not hashed.</summary>
        public const int NextNonce = 2;

        /// <summary>How many numbers <see cref="Poll"/> needs room for.</summary>
        public const int ProgressLength = 3;

        /// <summary>The largest threshold of <see cref="Start"/>: all kernels look at 16 bits first.</summary>
        public const uint MaxThreshold = 0xffff;

        /// <summary>What <see cref="Temperature"/> returns where the chip has no sensor.</summary>
        public const int NoTemperature = int.MinValue;

        /// <summary>Begins a scan of nonces <paramref name="first"/> to <paramref name="last"/>, inclusive.</summary>
        /// <param name="header">The 76 octets before the nonce; copied.</param>
        /// <param name="first">The first nonce.</param>
        /// <param name="last">The last nonce, inclusive.</param>
        /// <param name="threshold">A candidate's top 32 bits are not above this.</param>
        /// <returns>False when a scan is under way, or an argument is out of its range.</returns>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern bool Start(byte[] header, uint first, uint last, uint threshold);

        /// <summary>How far the scan is.</summary>
        /// <param name="progress">Filled in; at least <see cref="ProgressLength"/> long.</param>
        /// <returns>0 none under way, 1 running, 2 running and a candidate, 3 finished, 4 no kernel works.</returns>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Poll(uint[] progress);

        /// <summary>Asks the scan to end.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void Stop();

        /// <summary>From the next start on, the kernel one rung below.</summary>
        /// <returns>False when there is none.</returns>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern bool StepDown();

        /// <summary>The ASCII name of the kernel that runs.</summary>
        /// <param name="name">Filled from the start.</param>
        /// <returns>How many octets; 0 while none was chosen.</returns>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int ReadKernelName(byte[] name);

        /// <summary>Why this kernel and no faster one, in ASCII words.</summary>
        /// <param name="reason">Filled from the start.</param>
        /// <returns>How many octets; 0 while none was chosen.</returns>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int ReadKernelReason(byte[] reason);

        /// <summary>The chip's temperature in degrees Celsius, or <see cref="NoTemperature"/>.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Temperature();

        /// <summary>Puts the calling thread's task under the task watchdog, which restarts the chip.</summary>
        /// <param name="timeoutMs">Longest time between feedings, 1000 to 60000.</param>
        /// <returns>False when the image has no task watchdog or the time is out of its range.</returns>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern bool StartWatchdog(int timeoutMs);

        /// <summary>Tells the watchdog that the program is alive; nothing where it was not started.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern void FeedWatchdog();
    }
}
