namespace MicroFirmware.Appliance
{
    /// <summary>
    /// Text whose characters are octets: a line may hold UTF-8 (the name of a Wi-Fi), and nothing here needs to
    /// understand it.
    /// </summary>
    internal static class Octets
    {
        /// <summary>A character for each octet.</summary>
        internal static string ToText(byte[] source, int offset, int count)
        {
            char[] text = new char[count];
            for (int i = 0; i < count; i++)
            {
                text[i] = (char)source[offset + i];
            }

            return new string(text);
        }

        /// <summary>An octet for each character; a character that is none becomes <c>?</c>.</summary>
        internal static byte[] OfText(string text)
        {
            byte[] octets = new byte[text.Length];
            for (int i = 0; i < text.Length; i++)
            {
                octets[i] = text[i] < 256 ? (byte)text[i] : (byte)'?';
            }

            return octets;
        }

        internal static bool AreEqual(byte[] a, byte[] b)
        {
            bool isEqual = a != null && b != null && a.Length == b.Length;
            for (int i = 0; isEqual && i < a.Length; i++)
            {
                isEqual = a[i] == b[i];
            }

            return isEqual;
        }
    }
}
