namespace MicroFirmware.Mining
{
    /// <summary>CRC-32 as of Ethernet and zip (ISO 3309), bit by bit: it guards a few octets, rarely.</summary>
    internal static class Crc32
    {
        internal static uint Of(byte[] octets, int count)
        {
            uint crc = uint.MaxValue;
            for (int i = 0; i < count; i++)
            {
                crc ^= octets[i];
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
                }
            }

            return ~crc;
        }
    }
}
