namespace MicroFirmware.Mining
{
    /// <summary>
    /// SHA-256 (FIPS 180-4), written plainly: every other implementation is checked against it. An object is a
    /// compressor with its scratch space; it may be used again, but not by two threads at once.
    /// </summary>
    public sealed class Sha256
    {
        /// <summary>Octets of a digest.</summary>
        public const int DigestLength = 32;

        /// <summary>Octets of a block.</summary>
        public const int BlockLength = 64;

        /// <summary>FIPS 180-4 §5.3.3: the first 32 bits of the fractional parts of square roots of primes.</summary>
        internal static readonly uint[] InitialState =
        {
            0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
        };

        /// <summary>FIPS 180-4 §4.2.2: the same of their cube roots.</summary>
        internal static readonly uint[] RoundConstants =
        {
            0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
            0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
            0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
            0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
            0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
            0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
            0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
            0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
        };

        private readonly uint[] _schedule = new uint[64];
        private readonly uint[] _working = new uint[8];

        /// <summary>The 32 octets of the digest of <paramref name="count"/> octets.</summary>
        public byte[] Hash(byte[] source, int offset, int count)
        {
            uint[] state = NewState();
            int whole = count - (count % BlockLength);
            for (int at = 0; at < whole; at += BlockLength)
            {
                Compress(state, source, offset + at);
            }

            return End(state, source, offset + whole, count - whole, count);
        }

        /// <summary>The digest of the digest: what Bitcoin calls a hash.</summary>
        public byte[] HashTwice(byte[] source, int offset, int count)
        {
            return Hash(Hash(source, offset, count), 0, DigestLength);
        }

        /// <summary>The state after the first 64 octets of a block header; they do not depend on the nonce.</summary>
        public uint[] Midstate(byte[] header)
        {
            uint[] state = NewState();
            Compress(state, header, 0);
            return state;
        }

        /// <summary>Takes one block of 64 octets into the state.</summary>
        public void Compress(uint[] state, byte[] source, int offset)
        {
            for (int i = 0; i < 16; i++)
            {
                _schedule[i] = BigEndian.ReadUInt32(source, offset + (4 * i));
            }

            Compress(state);
        }

        /// <summary>Takes what is left after whole blocks, and gives the digest.</summary>
        /// <param name="state">The state after the whole blocks; used up.</param>
        /// <param name="source">Where the rest is.</param>
        /// <param name="offset">Its first octet.</param>
        /// <param name="rest">Its length, less than a block.</param>
        /// <param name="count">The length of all.</param>
        internal byte[] End(uint[] state, byte[] source, int offset, int rest, int count)
        {
            byte[] last = new byte[rest < BlockLength - 8 ? BlockLength : 2 * BlockLength];
            System.Array.Copy(source, offset, last, 0, rest);
            last[rest] = 0x80;
            BigEndian.WriteUInt32(last, last.Length - 8, (uint)count >> 29);
            BigEndian.WriteUInt32(last, last.Length - 4, (uint)count << 3);
            for (int at = 0; at < last.Length; at += BlockLength)
            {
                Compress(state, last, at);
            }

            return ToOctets(state);
        }

        internal static uint[] NewState()
        {
            return (uint[])InitialState.Clone();
        }

        internal static byte[] ToOctets(uint[] state)
        {
            byte[] digest = new byte[DigestLength];
            for (int i = 0; i < 8; i++)
            {
                BigEndian.WriteUInt32(digest, 4 * i, state[i]);
            }

            return digest;
        }

        internal static uint SmallSigma0(uint x)
        {
            return RotateRight(x, 7) ^ RotateRight(x, 18) ^ (x >> 3);
        }

        internal static uint SmallSigma1(uint x)
        {
            return RotateRight(x, 17) ^ RotateRight(x, 19) ^ (x >> 10);
        }

        /// <summary>One round (FIPS 180-4 §6.2.2, step 3), in place.</summary>
        /// <param name="s">The working variables a to h.</param>
        /// <param name="constantAndWord">The round's constant plus its schedule word.</param>
        internal static void Round(uint[] s, uint constantAndWord)
        {
            uint a = s[0];
            uint e = s[4];
            uint sigma1 = RotateRight(e, 6) ^ RotateRight(e, 11) ^ RotateRight(e, 25);
            uint t1 = s[7] + sigma1 + ((e & s[5]) ^ (~e & s[6])) + constantAndWord;
            uint sigma0 = RotateRight(a, 2) ^ RotateRight(a, 13) ^ RotateRight(a, 22);
            uint t2 = sigma0 + ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));
            s[7] = s[6];
            s[6] = s[5];
            s[5] = e;
            s[4] = s[3] + t1;
            s[3] = s[2];
            s[2] = s[1];
            s[1] = a;
            s[0] = t1 + t2;
        }

        private void Compress(uint[] state)
        {
            uint[] w = _schedule;
            for (int i = 16; i < 64; i++)
            {
                w[i] = SmallSigma1(w[i - 2]) + w[i - 7] + SmallSigma0(w[i - 15]) + w[i - 16];
            }

            System.Array.Copy(state, 0, _working, 0, 8);
            for (int i = 0; i < 64; i++)
            {
                Round(_working, RoundConstants[i] + w[i]);
            }

            for (int i = 0; i < 8; i++)
            {
                state[i] += _working[i];
            }
        }

        private static uint RotateRight(uint x, int n)
        {
            return (x >> n) | (x << (32 - n));
        }
    }
}
