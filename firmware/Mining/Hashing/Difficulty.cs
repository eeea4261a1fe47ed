namespace MicroFirmware.Mining
{
    /// <summary>
    /// Difficulty as people know it: work divided by the work of difficulty 1. It is shown, never stored or compared.
    /// </summary>
    public static class Difficulty
    {
        private const int SignificantDigits = 4;

        /// <summary>
        /// The difficulty of some work in plain decimals, cut after four significant digits; whole numbers are not cut.
        /// </summary>
        /// <param name="work">Expected hashes.</param>
        public static string ToText(ulong work)
        {
            ulong whole = work / Work.OfDifficultyOne;
            ulong rest = work % Work.OfDifficultyOne;
            string text = whole.ToString();
            int significant = whole == 0 ? 0 : text.Length;
            string decimals = "";
            int used = 0;
            while (rest != 0 && significant < SignificantDigits)
            {
                rest *= 10;
                ulong digit = rest / Work.OfDifficultyOne;
                rest %= Work.OfDifficultyOne;
                decimals += (char)('0' + (int)digit);
                significant += significant != 0 || digit != 0 ? 1 : 0;
                used = digit != 0 ? decimals.Length : used;
            }

            return used == 0 ? text : text + "." + decimals.Substring(0, used);
        }
    }
}
