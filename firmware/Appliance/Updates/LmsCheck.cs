using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Appliance
{
    /// <summary>
    /// Checks one LMS signature (RFC 8554, algorithms 4b and 6a) with LMS_SHA256_M32_H10 and LMOTS_SHA256_N32_W4, a few
    /// hash chains at a time: about 560 SHA-256 blocks in all.
    /// <code>
    /// public key   type 6, 4 | type 3, 4 | identifier, 16 | root, 32                              56 octets
    /// signature    leaf, 4 | type 3, 4 | C, 32 | 67 chains of 32 | type 6, 4 | 10 nodes of 32   2508 octets
    /// </code>
    /// </summary>
    internal sealed class LmsCheck
    {
        internal const int PublicKeyLength = 56;
        internal const int SignatureLength = 2508;

        private const uint LmsType = 6;
        private const uint OtsType = 3;
        private const int TreeHeight = 10;
        private const int ChainCount = 67;
        private const int ChainMost = 15;
        private const int DigestDigits = 64;
        private const int ChainsPerStep = 4;
        private const int N = Sha256.DigestLength;

        private const int AtIdentifier = 8;
        private const int IdentifierLength = 16;
        private const int AtRoot = 24;
        private const int AtOtsType = 4;
        private const int AtRandomizer = 8;
        private const int AtChains = 40;
        private const int AtLmsType = AtChains + (ChainCount * N);
        private const int AtPath = AtLmsType + 4;

        private readonly Sha256 _sha = new Sha256();
        private readonly byte[] _key;
        private readonly byte[] _signature;
        private readonly byte[] _digits;
        private readonly byte[] _ends = new byte[IdentifierLength + 6 + (ChainCount * N)];
        private readonly byte[] _block = new byte[IdentifierLength + 7 + N];
        private readonly uint _leaf;
        private int _chain;

        /// <summary>Begins.</summary>
        /// <param name="key">The public key, 56 octets.</param>
        /// <param name="message">What was signed.</param>
        /// <param name="signature">The signature, 2508 octets.</param>
        internal LmsCheck(byte[] key, byte[] message, byte[] signature)
        {
            _key = key;
            _signature = signature;
            _leaf = BigEndian.ReadUInt32(signature, 0);
            _digits = DigitsOf(message);
            Prefix(_ends, 0x8080);
            Prefix(_block, 0);
        }

        /// <summary>Hashes a little.</summary>
        /// <returns>NeedMore, Done when the signature is good, Invalid when it is not.</returns>
        internal ParseStatus Step()
        {
            if (BigEndian.ReadUInt32(_key, 0) != LmsType || BigEndian.ReadUInt32(_key, 4) != OtsType
                || BigEndian.ReadUInt32(_signature, AtOtsType) != OtsType
                || BigEndian.ReadUInt32(_signature, AtLmsType) != LmsType || _leaf >= 1u << TreeHeight)
            {
                return ParseStatus.Invalid;
            }

            for (int i = 0; i < ChainsPerStep && _chain < ChainCount; i++)
            {
                Climb();
            }

            return _chain < ChainCount ? ParseStatus.NeedMore : Compare();
        }

        // From the signature's value in a chain to the chain's end.
        private void Climb()
        {
            int atValue = IdentifierLength + 7;
            System.Array.Copy(_signature, AtChains + (_chain * N), _block, atValue, N);
            _block[IdentifierLength + 4] = (byte)(_chain >> 8);
            _block[IdentifierLength + 5] = (byte)_chain;
            for (int j = _digits[_chain]; j < ChainMost; j++)
            {
                _block[IdentifierLength + 6] = (byte)j;
                System.Array.Copy(_sha.Hash(_block, 0, _block.Length), 0, _block, atValue, N);
            }

            System.Array.Copy(_block, atValue, _ends, IdentifierLength + 6 + (_chain * N), N);
            _chain++;
        }

        // From the leaf to the root of the tree.
        private ParseStatus Compare()
        {
            uint node = (1u << TreeHeight) + _leaf;
            byte[] leaf = new byte[IdentifierLength + 6 + N];
            Prefix(leaf, 0x8282);
            BigEndian.WriteUInt32(leaf, IdentifierLength, node);
            System.Array.Copy(_sha.Hash(_ends, 0, _ends.Length), 0, leaf, IdentifierLength + 6, N);
            byte[] hash = _sha.Hash(leaf, 0, leaf.Length);

            byte[] pair = new byte[IdentifierLength + 6 + (2 * N)];
            Prefix(pair, 0x8383);
            for (int i = 0; i < TreeHeight; i++)
            {
                int atOwn = IdentifierLength + 6 + ((node & 1) != 0 ? N : 0);
                int atOther = IdentifierLength + 6 + ((node & 1) != 0 ? 0 : N);
                node >>= 1;
                BigEndian.WriteUInt32(pair, IdentifierLength, node);
                System.Array.Copy(hash, 0, pair, atOwn, N);
                System.Array.Copy(_signature, AtPath + (i * N), pair, atOther, N);
                hash = _sha.Hash(pair, 0, pair.Length);
            }

            bool isRoot = true;
            for (int i = 0; i < N; i++)
            {
                isRoot = isRoot && hash[i] == _key[AtRoot + i];
            }

            return isRoot ? ParseStatus.Done : ParseStatus.Invalid;
        }

        // The message's digest in 64 digits of 4 bits, and 3 of the checksum over them.
        private byte[] DigitsOf(byte[] message)
        {
            byte[] input = new byte[IdentifierLength + 6 + N + message.Length];
            Prefix(input, 0x8181);
            System.Array.Copy(_signature, AtRandomizer, input, IdentifierLength + 6, N);
            System.Array.Copy(message, 0, input, IdentifierLength + 6 + N, message.Length);
            byte[] digest = _sha.Hash(input, 0, input.Length);
            byte[] digits = new byte[ChainCount];
            int sum = 0;
            for (int i = 0; i < DigestDigits; i++)
            {
                digits[i] = (byte)((i & 1) == 0 ? digest[i / 2] >> 4 : digest[i / 2] & 15);
                sum += ChainMost - digits[i];
            }

            digits[DigestDigits] = (byte)(sum >> 8);
            digits[DigestDigits + 1] = (byte)((sum >> 4) & 15);
            digits[DigestDigits + 2] = (byte)(sum & 15);
            return digits;
        }

        // Every hash begins with the identifier, a number and a separator.
        private void Prefix(byte[] input, int separator)
        {
            System.Array.Copy(_key, AtIdentifier, input, 0, IdentifierLength);
            BigEndian.WriteUInt32(input, IdentifierLength, _leaf);
            input[IdentifierLength + 4] = (byte)(separator >> 8);
            input[IdentifierLength + 5] = (byte)separator;
        }
    }
}
