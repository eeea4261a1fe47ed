using System;
using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// Checks one proof, a hash at a step: from the transaction up to the block's merkle root, then header after
    /// header. The order is PROTOCOL.md's, so that every board comes to the same finding.
    /// </summary>
    internal sealed class ProofCheck
    {
        private const int AtMerkleRoot = 36;

        private readonly Sha256 _sha = new Sha256();
        private readonly byte[] _pair = new byte[2 * ProofTask.HashLength];
        private readonly ProofTask _task;
        private readonly byte[] _limit;
        private byte[] _hash = new byte[ProofTask.HashLength];
        private int _level;
        private int _header;
        private uint _bits;
        private bool _hasChanged;

        internal ProofCheck(ProofTask task)
        {
            _task = task;
            _limit = Target.FromCompact(task.LimitBits);
            Array.Copy(task.Body, 0, _hash, 0, ProofTask.HashLength);
        }

        /// <summary>What came out; 0 until it is done.</summary>
        internal FindingCode Code { get; private set; }

        /// <summary>The level or header at which a wrong proof ends.</summary>
        internal int Where { get; private set; }

        /// <summary>All hashes that were computed, exclusive or.</summary>
        internal byte[] Trace { get; } = new byte[ProofTask.HashLength];

        /// <summary>Computes one hash at most.</summary>
        /// <returns>True when it is done.</returns>
        internal bool Step()
        {
            if (_header != 0 || _level == _task.Levels)
            {
                StepHeader();
            }
            else
            {
                StepBranch();
            }

            return Code != 0;
        }

        private void StepBranch()
        {
            if (_level == 0 && !HasPlace())
            {
                return;
            }

            bool isRight = ((_task.Place >> _level) & 1) != 0;
            Array.Copy(_hash, 0, _pair, isRight ? ProofTask.HashLength : 0, ProofTask.HashLength);
            int other = isRight ? 0 : ProofTask.HashLength;
            Array.Copy(_task.Body, ProofTask.AtLevel(_level), _pair, other, ProofTask.HashLength);
            if (isRight && AreEqual(_pair, 0, _pair, ProofTask.HashLength))
            {
                End(FindingCode.Repeated, _level);
            }
            else if (HiddenTransaction.Reads(_pair))
            {
                End(FindingCode.HiddenTransaction, _level);
            }
            else
            {
                Hash(_pair, 0, _pair.Length);
                _level++;
            }
        }

        private void StepHeader()
        {
            int at = _task.AtHeader(_header);
            if (_header == 0 && !IsInBlock(at))
            {
                return;
            }

            uint bits = LittleEndian.ReadUInt32(_task.Body, at + BlockHeader.AtBits);
            byte[] target = Target.FromCompact(bits);
            if (target == null || _limit == null || !Target.IsMet(target, _limit))
            {
                End(FindingCode.BadTarget, _header);
            }
            else if (_header != 0 && !AreEqual(_hash, 0, _task.Body, at + BlockHeader.AtPrevious))
            {
                End(FindingCode.BrokenChain, _header);
            }
            else if (_header != 0 && !MayFollow(bits))
            {
                End(FindingCode.TargetJumps, _header);
            }
            else
            {
                _bits = bits;
                Hash(_task.Body, at, Limits.HeaderLength);
                EndHeader(target);
            }
        }

        private void EndHeader(byte[] target)
        {
            if (!Target.IsMet(_hash, target))
            {
                End(FindingCode.NoWork, _header);
            }
            else if (++_header == _task.Headers)
            {
                End(FindingCode.Valid, 0);
            }
        }

        private bool HasPlace()
        {
            bool hasPlace = _task.Levels == ProofTask.LevelsMax || _task.Place >> _task.Levels == 0;
            if (!hasPlace)
            {
                End(FindingCode.NoSuchPlace, _task.Levels);
            }

            return hasPlace;
        }

        private bool IsInBlock(int at)
        {
            if (!_task.HasTransaction || (_level == 0 && !HasPlace()))
            {
                return !_task.HasTransaction;
            }

            bool isInBlock = AreEqual(_hash, 0, _task.Body, at + AtMerkleRoot);
            if (!isInBlock)
            {
                End(FindingCode.NotInBlock, _task.Levels);
            }

            return isInBlock;
        }

        private bool MayFollow(uint bits)
        {
            if (bits == _bits)
            {
                return true;
            }

            bool isSecond = _hasChanged;
            _hasChanged = true;
            return !isSecond && TargetChange.IsPossible(_bits, bits);
        }

        private void Hash(byte[] source, int offset, int count)
        {
            _hash = _sha.HashTwice(source, offset, count);
            for (int i = 0; i < _hash.Length; i++)
            {
                Trace[i] ^= _hash[i];
            }
        }

        private void End(FindingCode code, int where)
        {
            Code = code;
            Where = where;
        }

        private static bool AreEqual(byte[] a, int offsetA, byte[] b, int offsetB)
        {
            for (int i = 0; i < ProofTask.HashLength; i++)
            {
                if (a[offsetA + i] != b[offsetB + i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
