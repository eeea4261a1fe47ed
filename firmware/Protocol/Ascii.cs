namespace MicroFirmware.Protocol
{
    /// <summary>Text that crosses the wire is ASCII; nothing here needs a text codec.</summary>
    public static class Ascii
    {
        /// <summary>The octets of <paramref name="text"/>; a character beyond ASCII becomes <c>?</c>.</summary>
        public static byte[] GetBytes(string text)
        {
            byte[] bytes = new byte[text.Length];
            Write(bytes, 0, text);
            return bytes;
        }

        /// <summary>The text of <paramref name="count"/> octets; an octet beyond ASCII becomes <c>?</c>.</summary>
        public static string GetString(byte[] source, int offset, int count)
        {
            char[] text = new char[count];
            for (int i = 0; i < count; i++)
            {
                byte octet = source[offset + i];
                text[i] = octet < 128 ? (char)octet : '?';
            }

            return new string(text);
        }

        /// <summary>Writes <paramref name="text"/> and gives the position behind it.</summary>
        public static int Write(byte[] destination, int at, string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                destination[at + i] = c < 128 ? (byte)c : (byte)'?';
            }

            return at + text.Length;
        }

        /// <summary>Whether two texts are equal but for the case of the letters A to Z, in any culture.</summary>
        public static bool EqualsIgnoreCase(string a, string b)
        {
            if (a.Length != b.Length)
            {
                return false;
            }

            for (int i = 0; i < a.Length; i++)
            {
                if (Lower(a[i]) != Lower(b[i]))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether the octets spell exactly <paramref name="text"/>.</summary>
        public static bool Equals(byte[] source, int offset, int count, string text)
        {
            if (count != text.Length)
            {
                return false;
            }

            for (int i = 0; i < count; i++)
            {
                if (source[offset + i] != text[i])
                {
                    return false;
                }
            }

            return true;
        }

        private static char Lower(char c)
        {
            return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
        }
    }
}
