namespace MicroFirmware.Mining
{
    /// <summary>
    /// What <see cref="UnrolledKernel"/> is given in an array: everything that depends on the header but not on the
    /// nonce. All values are below 2^32 except the state after round 2, which is doubled (see the kernel).
    /// </summary>
    internal static class UnrolledInput
    {
        /// <summary>The midstate, 8 values.</summary>
        internal const int Midstate = 0;

        /// <summary>a, b, c after round 2, doubled.</summary>
        internal const int A = 8;

        /// <summary>e, f, g after round 2, doubled.</summary>
        internal const int E = 11;

        /// <summary>What round 3 adds to the nonce to make its a.</summary>
        internal const int NewA = 14;

        /// <summary>What round 3 adds to the nonce to make its e.</summary>
        internal const int NewE = 15;

        /// <summary>Constant and schedule word of round 16.</summary>
        internal const int Round16 = 16;

        /// <summary>Constant and schedule word of round 17.</summary>
        internal const int Round17 = 17;

        /// <summary>The parts of schedule words 18, 19, 23, 24, 31 and 32 that do not change.</summary>
        internal const int Word18 = 18;

        /// <summary>See <see cref="Word18"/>.</summary>
        internal const int Word19 = 19;

        /// <summary>See <see cref="Word18"/>; it is schedule word 16.</summary>
        internal const int Word23 = 20;

        /// <summary>See <see cref="Word18"/>; it is schedule word 17.</summary>
        internal const int Word24 = 21;

        /// <summary>See <see cref="Word18"/>.</summary>
        internal const int Word31 = 22;

        /// <summary>See <see cref="Word18"/>.</summary>
        internal const int Word32 = 23;

        /// <summary>Out: the last word of a candidate's digest.</summary>
        internal const int Digest = 24;

        /// <summary>Length of the array.</summary>
        internal const int Length = 25;
    }
}
