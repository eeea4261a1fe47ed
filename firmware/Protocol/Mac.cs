using System;
using System.Security.Cryptography;

namespace MicroFirmware.Protocol
{
    /// <summary>
    /// HMAC-SHA256 (RFC 2104) over a purpose, a device id and the octets in question:
    /// <c>purpose 00 device 00 octets</c>. The purpose keeps a code made for one kind of message from passing for
    /// another.
    /// </summary>
    internal static class Mac
    {
        internal const string Command = "command";
        internal const string Finding = "finding";
        internal const string Mqtt = "mqtt";
        internal const string Pay = "pay";
        internal const string Proof = "proof";
        internal const string Refusal = "refusal";
        internal const string Share = "share";
        internal const string Work = "work";
        internal const string WorkRecord = "work-record";

        /// <summary>The 32 octets of the code.</summary>
        /// <param name="key">The device's key.</param>
        /// <param name="purpose">What kind of message it is.</param>
        /// <param name="device">The device's id.</param>
        /// <param name="source">Where the octets are.</param>
        /// <param name="offset">The first of them.</param>
        /// <param name="count">How many.</param>
        internal static byte[] Compute(byte[] key, string purpose, string device, byte[] source, int offset, int count)
        {
            byte[] input = new byte[purpose.Length + device.Length + 2 + count];
            int at = Ascii.Write(input, 0, purpose) + 1;
            at = Ascii.Write(input, at, device) + 1;
            Array.Copy(source, offset, input, at, count);
            return HMACSHA256.HashData(key, input);
        }

        /// <summary>
        /// Whether two stretches of octets are equal; the time it takes depends on <paramref name="count"/> alone.
        /// </summary>
        internal static bool AreEqual(byte[] a, int offsetA, byte[] b, int offsetB, int count)
        {
            int difference = 0;
            for (int i = 0; i < count; i++)
            {
                difference |= a[offsetA + i] ^ b[offsetB + i];
            }

            return difference == 0;
        }

        /// <summary>
        /// Puts the first <paramref name="length"/> octets of the code over a record's start behind it.
        /// </summary>
        internal static void Seal(
            byte[] record, int offset, int covered, int length, byte[] key, string purpose, string device)
        {
            Array.Copy(Compute(key, purpose, device, record, offset, covered), 0, record, offset + covered, length);
        }

        /// <summary>Whether the octets behind a record's start are the first of the code over that start.</summary>
        internal static bool IsSealed(
            byte[] record, int offset, int covered, int length, byte[] key, string purpose, string device)
        {
            byte[] expected = Compute(key, purpose, device, record, offset, covered);
            return AreEqual(expected, 0, record, offset + covered, length);
        }
    }
}
