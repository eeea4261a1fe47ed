namespace MicroFirmware.Slots
{
    /// <summary>
    /// An application as a file: its assemblies in the order in which they are loaded.
    /// <code>
    ///  0 +--------+--------+--------+--------+
    ///    | magic "MFI1"                      |
    ///  4 +--------+--------+--------+--------+
    ///    | release                           |   grows with every release; at least 1
    ///  8 +--------+--------+--------+--------+
    ///    | number | 0                        |   of assemblies, 1 to 16
    /// 12 +--------+--------+--------+--------+
    ///    | number times: length n, 4         |
    ///    |   n octets, padded with 0 to 4    |
    ///    +--------+--------+--------+--------+
    ///    | CRC-32 of all before              |
    ///    +--------+--------+--------+--------+
    /// </code>
    /// </summary>
    public sealed class Image
    {
        /// <summary>Longest image.</summary>
        public const int MaxLength = 131072;

        /// <summary>Octets before the first assembly, enough to know the release.</summary>
        public const int HeadLength = 12;

        private const uint Magic = 0x3149464d;
        private const int AtRelease = 4;
        private const int AtCount = 8;
        private const int CountMax = 16;
        private const int CrcLength = 4;

        private readonly byte[] _octets;
        private int _at = HeadLength;
        private int _left;

        private Image(byte[] octets)
        {
            _octets = octets;
            _left = octets[AtCount];
        }

        /// <summary>The release that octets begin with; 0 when they are no image's.</summary>
        /// <param name="head">At least <see cref="HeadLength"/> octets, or null.</param>
        public static uint ReleaseOf(byte[] head)
        {
            return head == null || head.Length < HeadLength || Word(head, 0) != Magic ? 0 : Word(head, AtRelease);
        }

        /// <summary>Opens an image.</summary>
        /// <param name="octets">All of it, or null.</param>
        /// <returns>Null when it is not whole.</returns>
        public static Image Open(byte[] octets)
        {
            if (ReleaseOf(octets) == 0 || octets.Length > MaxLength || octets.Length % 4 != 0
                || octets[AtCount] == 0 || octets[AtCount] > CountMax)
            {
                return null;
            }

            int end = octets.Length - CrcLength;
            int at = HeadLength;
            for (int i = 0; i < octets[AtCount]; i++)
            {
                uint length = at + 4 <= end ? Word(octets, at) : uint.MaxValue;
                if (length > (uint)(end - at - 4))
                {
                    return null;
                }

                at += 4 + Padded((int)length);
            }

            return at == end && Word(octets, end) == Crc32.Of(octets, end) ? new Image(octets) : null;
        }

        /// <summary>Puts assemblies together.</summary>
        /// <param name="release">At least 1.</param>
        /// <param name="assemblies">In the order in which they are loaded, 1 to 16.</param>
        public static byte[] Make(uint release, byte[][] assemblies)
        {
            int length = HeadLength + CrcLength;
            foreach (byte[] assembly in assemblies)
            {
                length += 4 + Padded(assembly.Length);
            }

            byte[] octets = new byte[length];
            Write(octets, 0, Magic);
            Write(octets, AtRelease, release);
            octets[AtCount] = (byte)assemblies.Length;
            int at = HeadLength;
            foreach (byte[] assembly in assemblies)
            {
                Write(octets, at, (uint)assembly.Length);
                System.Array.Copy(assembly, 0, octets, at + 4, assembly.Length);
                at += 4 + Padded(assembly.Length);
            }

            Write(octets, at, Crc32.Of(octets, at));
            return octets;
        }

        /// <summary>The next assembly; null behind the last.</summary>
        public byte[] Next()
        {
            if (_left == 0)
            {
                return null;
            }

            _left--;
            byte[] assembly = new byte[(int)Word(_octets, _at)];
            System.Array.Copy(_octets, _at + 4, assembly, 0, assembly.Length);
            _at += 4 + Padded(assembly.Length);
            return assembly;
        }

        internal static uint Word(byte[] octets, int at)
        {
            return octets[at] | ((uint)octets[at + 1] << 8) | ((uint)octets[at + 2] << 16)
                | ((uint)octets[at + 3] << 24);
        }

        internal static void Write(byte[] octets, int at, uint word)
        {
            for (int i = 0; i < 4; i++)
            {
                octets[at + i] = (byte)(word >> (8 * i));
            }
        }

        private static int Padded(int length)
        {
            return (length + 3) & ~3;
        }
    }
}
