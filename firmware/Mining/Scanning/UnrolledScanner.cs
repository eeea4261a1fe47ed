using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// The fast managed scanner: what does not depend on the nonce is computed once here, the rest is one unrolled
    /// method, <see cref="UnrolledKernel"/>.
    /// </summary>
    public sealed class UnrolledScanner : ManagedScanner
    {
        /// <summary>IL instructions that one hash takes: what its speed on the chip's interpreter depends on.</summary>
        public const int InstructionsPerHash = 9908;

        private const ulong Doubled = 0x100000001;

        private readonly Sha256 _sha = new Sha256();
        private readonly ulong[] _input = new ulong[UnrolledInput.Length];
        private uint _threshold;
        private uint _mask;

        /// <inheritdoc/>
        public override string Name
        {
            get { return "managed-unrolled"; }
        }

        /// <inheritdoc/>
        protected override void Prepare(byte[] header, uint threshold)
        {
            _threshold = threshold;
            _mask = BigEndian.Swap(BitsThatMustBeZero(threshold));
            uint[] midstate = _sha.Midstate(header);
            for (int i = 0; i < 8; i++)
            {
                _input[UnrolledInput.Midstate + i] = midstate[i];
            }

            uint merkle = BigEndian.ReadUInt32(header, Sha256.BlockLength);
            uint ntime = BigEndian.ReadUInt32(header, BlockHeader.AtNTime);
            uint bits = BigEndian.ReadUInt32(header, BlockHeader.AtBits);
            PrepareRounds(midstate, merkle, ntime, bits);
            PrepareWords(merkle, ntime, bits);
        }

        /// <inheritdoc/>
        protected override uint Search(uint first, uint count)
        {
            uint done = 0;
            while (done < count)
            {
                done += UnrolledKernel.Scan(_input, first + done, count - done, _mask);
                if (done < count)
                {
                    if (BigEndian.Swap((uint)_input[UnrolledInput.Digest]) <= _threshold)
                    {
                        return done;
                    }

                    done++;
                }
            }

            return count;
        }

        // The bits above the threshold's highest.
        private static uint BitsThatMustBeZero(uint threshold)
        {
            uint mask = uint.MaxValue;
            while ((mask & threshold) != 0)
            {
                mask <<= 1;
            }

            return mask;
        }

        private void PrepareRounds(uint[] midstate, uint merkle, uint ntime, uint bits)
        {
            uint[] s = (uint[])midstate.Clone();
            Sha256.Round(s, Sha256.RoundConstants[0] + merkle);
            Sha256.Round(s, Sha256.RoundConstants[1] + ntime);
            Sha256.Round(s, Sha256.RoundConstants[2] + bits);
            for (int i = 0; i < 3; i++)
            {
                _input[UnrolledInput.A + i] = s[i] * Doubled;
                _input[UnrolledInput.E + i] = s[4 + i] * Doubled;
            }

            Sha256.Round(s, Sha256.RoundConstants[3]);
            _input[UnrolledInput.NewA] = s[0];
            _input[UnrolledInput.NewE] = s[4];
        }

        private void PrepareWords(uint merkle, uint ntime, uint bits)
        {
            const uint LengthInBits = Limits.HeaderLength * 8;
            uint word16 = merkle + Sha256.SmallSigma0(ntime);
            uint word17 = ntime + Sha256.SmallSigma0(bits) + Sha256.SmallSigma1(LengthInBits);
            _input[UnrolledInput.Round16] = Sha256.RoundConstants[16] + word16;
            _input[UnrolledInput.Round17] = Sha256.RoundConstants[17] + word17;
            _input[UnrolledInput.Word18] = bits + Sha256.SmallSigma1(word16);
            _input[UnrolledInput.Word19] = Sha256.SmallSigma1(word17) + Sha256.SmallSigma0(0x80000000);
            _input[UnrolledInput.Word23] = word16;
            _input[UnrolledInput.Word24] = word17;
            _input[UnrolledInput.Word31] = LengthInBits + Sha256.SmallSigma0(word16);
            _input[UnrolledInput.Word32] = word16 + Sha256.SmallSigma0(word17);
        }
    }
}
