namespace MicroFirmware.Mining
{
    /// <summary>SHA-256 reads and writes its words most significant octet first.</summary>
    internal static class BigEndian
    {
        internal static uint ReadUInt32(byte[] source, int at)
        {
            return ((uint)source[at] << 24) | ((uint)source[at + 1] << 16) | ((uint)source[at + 2] << 8)
                | source[at + 3];
        }

        internal static void WriteUInt32(byte[] destination, int at, uint value)
        {
            destination[at] = (byte)(value >> 24);
            destination[at + 1] = (byte)(value >> 16);
            destination[at + 2] = (byte)(value >> 8);
            destination[at + 3] = (byte)value;
        }

        internal static uint Swap(uint value)
        {
            return (value >> 24) | ((value >> 8) & 0xff00) | ((value << 8) & 0xff0000) | (value << 24);
        }
    }
}
