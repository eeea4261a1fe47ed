using MicroFirmware.Mining;
using MicroFirmware.Protocol;
using MicroFirmware.Slots;

namespace MicroFirmware.Appliance
{
    /// <summary>
    /// What an update is, signed: 2,588 octets.
    /// <code>
    ///    0 +--------+--------+--------+--------+
    ///      | magic "MFU1"                      |
    ///    4 +--------+--------+--------+--------+
    ///      | release                           |   grows; a board takes only a greater one than it runs
    ///    8 +--------+--------+--------+--------+
    ///      | image length                      |
    ///   12 +--------+--------+--------+--------+
    ///      | chunk length    | 0               |   1024
    ///   16 +--------+--------+--------+--------+
    ///      | SHA-256 of the image, 32 octets   |
    ///   48 +--------+--------+--------+--------+
    ///      | firmware version, 16 octets       |   ASCII, zeros behind
    ///   64 +--------+--------+--------+--------+
    ///      | target, 16 octets                 |   ASCII, zeros behind
    ///   80 +--------+--------+--------+--------+
    ///      | LMS signature, 2,508 octets       |   of octets 0..79
    /// 2588 +--------+--------+--------+--------+
    /// </code>
    /// </summary>
    public sealed class UpdateManifest
    {
        /// <summary>Octets of the record.</summary>
        public const int Length = SignedLength + LmsCheck.SignatureLength;

        /// <summary>Octets that the signature covers.</summary>
        public const int SignedLength = 80;

        /// <summary>Octets in a chunk; the last one may have less.</summary>
        public const int ChunkLength = 1024;

        private const uint Magic = 0x3155464d;
        private const int AtRelease = 4;
        private const int AtImageLength = 8;
        private const int AtChunkLength = 12;
        private const int AtDigest = 16;
        private const int AtVersion = 48;
        private const int AtTarget = 64;
        private const int TextLength = 16;

        /// <summary>The release.</summary>
        public uint Release { get; set; }

        /// <summary>The image's length.</summary>
        public int ImageLength { get; set; }

        /// <summary>SHA-256 of the image.</summary>
        public byte[] Digest { get; set; }

        /// <summary>The firmware's version, 1 to 16 characters.</summary>
        public string Version { get; set; }

        /// <summary>What image it is for: <c>stock</c> or <c>native</c>.</summary>
        public string Target { get; set; }

        /// <summary>Reads a manifest. The signature is a question of its own.</summary>
        public static ParseStatus Parse(byte[] source, int count, out UpdateManifest manifest)
        {
            manifest = null;
            if (count < Length)
            {
                return ParseStatus.NeedMore;
            }

            uint length = LittleEndian.ReadUInt32(source, AtImageLength);
            if (count > Length || LittleEndian.ReadUInt32(source, 0) != Magic || length < Image.HeadLength
                || length > Image.MaxLength || LittleEndian.ReadUInt32(source, AtChunkLength) != ChunkLength)
            {
                return ParseStatus.Invalid;
            }

            byte[] digest = new byte[Sha256.DigestLength];
            System.Array.Copy(source, AtDigest, digest, 0, digest.Length);
            manifest = new UpdateManifest
            {
                Release = LittleEndian.ReadUInt32(source, AtRelease),
                ImageLength = (int)length,
                Digest = digest,
                Version = TextAt(source, AtVersion),
                Target = TextAt(source, AtTarget),
            };
            return ParseStatus.Done;
        }

        /// <summary>The 80 octets that are to be signed.</summary>
        public byte[] ToSigned()
        {
            byte[] octets = new byte[SignedLength];
            LittleEndian.WriteUInt32(octets, 0, Magic);
            LittleEndian.WriteUInt32(octets, AtRelease, Release);
            LittleEndian.WriteUInt32(octets, AtImageLength, (uint)ImageLength);
            LittleEndian.WriteUInt32(octets, AtChunkLength, ChunkLength);
            System.Array.Copy(Digest, 0, octets, AtDigest, Digest.Length);
            Ascii.Write(octets, AtVersion, Version);
            Ascii.Write(octets, AtTarget, Target);
            return octets;
        }

        private static string TextAt(byte[] source, int at)
        {
            int length = 0;
            while (length < TextLength && source[at + length] != 0)
            {
                length++;
            }

            return Ascii.GetString(source, at, length);
        }
    }
}
