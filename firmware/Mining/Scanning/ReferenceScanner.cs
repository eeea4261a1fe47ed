using System;
using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// The plain scanner: midstate, then the textbook. Slow and beyond doubt; the others are checked against it, and it
    /// works where they fail.
    /// </summary>
    public sealed class ReferenceScanner : ManagedScanner
    {
        private readonly Sha256 _sha = new Sha256();
        private readonly byte[] _tail = new byte[Sha256.BlockLength];
        private readonly byte[] _digest = new byte[Sha256.BlockLength];
        private readonly uint[] _state = new uint[8];
        private uint[] _midstate;
        private uint _threshold;

        /// <inheritdoc/>
        public override string Name
        {
            get { return "managed-reference"; }
        }

        /// <inheritdoc/>
        protected override void Prepare(byte[] header, uint threshold)
        {
            int rest = Limits.HeaderLength - Sha256.BlockLength;
            _threshold = threshold;
            _midstate = _sha.Midstate(header);
            Array.Copy(header, Sha256.BlockLength, _tail, 0, rest - 4);
            _tail[rest] = 0x80;
            BigEndian.WriteUInt32(_tail, Sha256.BlockLength - 4, Limits.HeaderLength * 8);
            _digest[Sha256.DigestLength] = 0x80;
            BigEndian.WriteUInt32(_digest, Sha256.BlockLength - 4, Sha256.DigestLength * 8);
        }

        /// <inheritdoc/>
        protected override uint Search(uint first, uint count)
        {
            for (uint done = 0; done < count; done++)
            {
                if (TopBits(first + done) <= _threshold)
                {
                    return done;
                }
            }

            return count;
        }

        private uint TopBits(uint nonce)
        {
            LittleEndian.WriteUInt32(_tail, BlockHeader.AtNonce - Sha256.BlockLength, nonce);
            Array.Copy(_midstate, 0, _state, 0, 8);
            _sha.Compress(_state, _tail, 0);
            for (int i = 0; i < 8; i++)
            {
                BigEndian.WriteUInt32(_digest, 4 * i, _state[i]);
            }

            Array.Copy(Sha256.InitialState, 0, _state, 0, 8);
            _sha.Compress(_state, _digest, 0);
            return BigEndian.Swap(_state[7]);
        }
    }
}
