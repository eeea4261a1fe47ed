namespace MicroFirmware.Protocol
{
    /// <summary>A device's name on the wire: 1 to 32 characters of <c>a-z 0-9 -</c>.</summary>
    public static class DeviceId
    {
        /// <summary>Whether <paramref name="text"/> may be a device id. Null may not.</summary>
        public static bool IsValid(string text)
        {
            if (text == null || text.Length == 0 || text.Length > Limits.DeviceIdMaxLength)
            {
                return false;
            }

            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
