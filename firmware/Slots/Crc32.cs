namespace MicroFirmware.Slots
{
    /// <summary>CRC-32 as in IEEE 802.3: finds torn and worn writes, not forgeries.</summary>
    public static class Crc32
    {
        private const uint Polynomial = 0xedb88320;

        private static readonly uint[] s_table = MakeTable();

        /// <summary>The checksum of the first <paramref name="count"/> octets.</summary>
        public static uint Of(byte[] octets, int count)
        {
            return Of(octets, 0, count);
        }

        /// <summary>The checksum of a stretch of octets.</summary>
        public static uint Of(byte[] octets, int offset, int count)
        {
            uint crc = uint.MaxValue;
            for (int i = offset; i < offset + count; i++)
            {
                crc = (crc >> 8) ^ s_table[(crc ^ octets[i]) & 0xff];
            }

            return ~crc;
        }

        private static uint[] MakeTable()
        {
            uint[] table = new uint[256];
            for (uint i = 0; i < 256; i++)
            {
                uint crc = i;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
                }

                table[i] = crc;
            }

            return table;
        }
    }
}
