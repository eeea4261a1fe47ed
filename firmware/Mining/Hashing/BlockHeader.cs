using System;
using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// The 80 octets that are mined.
    /// <code>
    ///  0 +--------+--------+--------+--------+
    ///    | version                           |
    ///  4 +--------+--------+--------+--------+
    ///    | hash of the previous block, 32    |
    /// 36 +--------+--------+--------+--------+
    ///    | merkle root, 32                   |
    /// 68 +--------+--------+--------+--------+
    ///    | ntime                             |
    /// 72 +--------+--------+--------+--------+
    ///    | bits                              |
    /// 76 +--------+--------+--------+--------+
    ///    | nonce                             |
    /// 80 +--------+--------+--------+--------+
    /// </code>
    /// </summary>
    public static class BlockHeader
    {
        internal const int AtVersion = 0;
        internal const int AtPrevious = 4;
        internal const int AtNTime = 68;
        internal const int AtBits = 72;
        internal const int AtNonce = 76;

        /// <summary>The hash of a header: a 256-bit number, least significant octet first.</summary>
        /// <param name="sha">The compressor to use.</param>
        /// <param name="header">At least the 76 octets before the nonce.</param>
        /// <param name="nonce">The nonce.</param>
        public static byte[] Hash(Sha256 sha, byte[] header, uint nonce)
        {
            byte[] whole = new byte[Limits.HeaderLength];
            Array.Copy(header, 0, whole, 0, Limits.HeaderWithoutNonceLength);
            LittleEndian.WriteUInt32(whole, AtNonce, nonce);
            return sha.HashTwice(whole, 0, Limits.HeaderLength);
        }
    }
}
