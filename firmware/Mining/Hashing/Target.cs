using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>Targets and hashes as 256-bit numbers in 32 octets, least significant first.</summary>
    public static class Target
    {
        private const int Octets = Limits.TargetLength;

        /// <summary>Whether a hash is not above a target.</summary>
        public static bool IsMet(byte[] hash, byte[] target)
        {
            for (int i = Octets - 1; i >= 0; i--)
            {
                if (hash[i] != target[i])
                {
                    return hash[i] < target[i];
                }
            }

            return true;
        }

        /// <summary>The number's top 32 bits: all that a scanner compares.</summary>
        public static uint TopBits(byte[] number)
        {
            return LittleEndian.ReadUInt32(number, Octets - 4);
        }

        /// <summary>The target that a header's bits stand for: <c>mantissa × 256^(exponent − 3)</c>.</summary>
        /// <param name="bits">Exponent in the top octet, mantissa of 23 bits and its sign below.</param>
        /// <returns>Null where the number is negative, zero or does not fit, as Bitcoin refuses it.</returns>
        public static byte[] FromCompact(uint bits)
        {
            int exponent = (int)(bits >> 24);
            uint mantissa = bits & 0x7fffff;
            byte[] target = new byte[Octets];
            for (int i = 0; i < 3; i++)
            {
                byte octet = (byte)(mantissa >> (8 * i));
                int at = exponent - 3 + i;
                if (at >= Octets && octet != 0)
                {
                    return null;
                }

                if (at >= 0 && at < Octets)
                {
                    target[at] = octet;
                }
            }

            bool isNegative = (bits & 0x800000) != 0;
            return isNegative || IsZero(target) ? null : target;
        }

        private static bool IsZero(byte[] number)
        {
            for (int i = 0; i < Octets; i++)
            {
                if (number[i] != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
