namespace MicroFirmware.Protocol
{
    /// <summary>
    /// Octets as lower-case hexadecimal digits. Upper case is refused: one value has one spelling.
    /// </summary>
    public static class Hex
    {
        private const string Digits = "0123456789abcdef";

        /// <summary>Two digits for each of <paramref name="count"/> octets.</summary>
        public static string Encode(byte[] source, int offset, int count)
        {
            char[] text = new char[count * 2];
            for (int i = 0; i < count; i++)
            {
                text[i * 2] = Digits[source[offset + i] >> 4];
                text[(i * 2) + 1] = Digits[source[offset + i] & 15];
            }

            return new string(text);
        }

        /// <summary>Sixteen digits, most significant first.</summary>
        public static string Encode(ulong value)
        {
            char[] text = new char[16];
            for (int i = 0; i < 16; i++)
            {
                text[i] = Digits[(int)(value >> (60 - (4 * i))) & 15];
            }

            return new string(text);
        }

        /// <summary>Reads <paramref name="count"/> octets from twice as many digits.</summary>
        /// <param name="text">The digits' text.</param>
        /// <param name="start">Where the digits begin.</param>
        /// <param name="count">Octets to read.</param>
        /// <param name="octets">The octets; null when the digits are not there or not lower-case hexadecimal.</param>
        public static bool TryDecode(string text, int start, int count, out byte[] octets)
        {
            octets = null;
            if (text == null || start < 0 || count < 0 || text.Length - start < count * 2)
            {
                return false;
            }

            byte[] result = new byte[count];
            for (int i = 0; i < count; i++)
            {
                int high = Value(text[start + (i * 2)]);
                int low = Value(text[start + (i * 2) + 1]);
                if (high < 0 || low < 0)
                {
                    return false;
                }

                result[i] = (byte)((high << 4) | low);
            }

            octets = result;
            return true;
        }

        /// <summary>Reads sixteen digits, most significant first.</summary>
        public static bool TryDecode(string text, int start, out ulong value)
        {
            value = 0;
            byte[] octets;
            if (!TryDecode(text, start, 8, out octets))
            {
                return false;
            }

            for (int i = 0; i < 8; i++)
            {
                value = (value << 8) | octets[i];
            }

            return true;
        }

        private static int Value(char digit)
        {
            return digit >= '0' && digit <= '9' ? digit - '0'
                : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
                : -1;
        }
    }
}
