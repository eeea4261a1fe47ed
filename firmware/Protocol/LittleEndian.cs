namespace MicroFirmware.Protocol
{
    /// <summary>Unsigned integers in octet arrays, least significant octet first, as everywhere on this wire.</summary>
    public static class LittleEndian
    {
        /// <summary>Reads 2 octets at <paramref name="at"/>.</summary>
        public static ushort ReadUInt16(byte[] source, int at)
        {
            return (ushort)(source[at] | (source[at + 1] << 8));
        }

        /// <summary>Reads 4 octets at <paramref name="at"/>.</summary>
        public static uint ReadUInt32(byte[] source, int at)
        {
            return source[at]
                | ((uint)source[at + 1] << 8)
                | ((uint)source[at + 2] << 16)
                | ((uint)source[at + 3] << 24);
        }

        /// <summary>Reads 8 octets at <paramref name="at"/>.</summary>
        public static ulong ReadUInt64(byte[] source, int at)
        {
            return ReadUInt32(source, at) | ((ulong)ReadUInt32(source, at + 4) << 32);
        }

        /// <summary>Writes 2 octets at <paramref name="at"/>.</summary>
        public static void WriteUInt16(byte[] destination, int at, ushort value)
        {
            destination[at] = (byte)value;
            destination[at + 1] = (byte)(value >> 8);
        }

        /// <summary>Writes 4 octets at <paramref name="at"/>.</summary>
        public static void WriteUInt32(byte[] destination, int at, uint value)
        {
            destination[at] = (byte)value;
            destination[at + 1] = (byte)(value >> 8);
            destination[at + 2] = (byte)(value >> 16);
            destination[at + 3] = (byte)(value >> 24);
        }

        /// <summary>Writes 8 octets at <paramref name="at"/>.</summary>
        public static void WriteUInt64(byte[] destination, int at, ulong value)
        {
            WriteUInt32(destination, at, (uint)value);
            WriteUInt32(destination, at + 4, (uint)(value >> 32));
        }
    }
}
