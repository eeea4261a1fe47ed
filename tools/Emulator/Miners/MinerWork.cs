using MicroFirmware.Bitcoin;
using MicroFirmware.Bitcoin.Stratum;

namespace MicroFirmware.Emulator.Miners;

/// <summary>A job as a miner hashes it: one extranonce2 and one version after the other, all nonces of each.</summary>
internal sealed class MinerWork
{
    private readonly StratumMessage.Notify _job;
    private readonly byte[] _extranonce1;
    private readonly byte[] _extranonce2;
    private readonly UInt256 _target;
    private readonly uint _mask;
    private BlockHeader _header;
    private uint _bits;

    /// <param name="job">As notified.</param>
    /// <param name="extranonce1">As subscribed.</param>
    /// <param name="extranonce2Size">As subscribed.</param>
    /// <param name="difficulty">As set before the job.</param>
    /// <param name="mask">Version bits that may be rolled.</param>
    public MinerWork(
        StratumMessage.Notify job, byte[] extranonce1, int extranonce2Size, double difficulty, uint mask)
    {
        (_job, _extranonce1, _mask) = (job, extranonce1, mask);
        _extranonce2 = new byte[extranonce2Size];
        _target = Target.FromDifficulty(difficulty);
        _header = new BlockHeader(job.Version, job.PreviousHash, Root(), job.NTime, job.Bits, 0);
    }

    /// <summary>Hashes some nonces.</summary>
    /// <param name="count">How many.</param>
    /// <param name="share">What is to be submitted; null where no hash was good enough.</param>
    /// <returns>Hashes done: fewer than asked for when there is a share.</returns>
    public int Scan(int count, out Found? share)
    {
        for (int done = 1; done <= count; done++)
        {
            BlockHeader tried = _header;
            Advance();
            if (tried.Hash().Number <= _target)
            {
                uint? bits = _mask == 0 ? null : tried.Version & _mask;
                share = new Found(_job.JobId, [.. _extranonce2], tried.Time, tried.Nonce, bits);
                return done;
            }
        }

        share = null;
        return count;
    }

    private void Advance()
    {
        uint nonce = _header.Nonce + 1;
        if (nonce != 0)
        {
            _header = _header with { Nonce = nonce };
            return;
        }

        // Adding one to the bits outside the mask carries into the next bit inside.
        _bits = (_bits - _mask) & _mask;
        uint version = (_job.Version & ~_mask) | _bits;
        if (_bits == 0)
        {
            int at = _extranonce2.Length - 1;
            while (at >= 0 && ++_extranonce2[at] == 0)
            {
                at--;
            }
        }

        _header = _header with { Nonce = 0, Version = version, MerkleRoot = Root() };
    }

    private Hash256 Root()
    {
        byte[] coinbase = [.. _job.CoinbasePrefix, .. _extranonce1, .. _extranonce2, .. _job.CoinbaseSuffix];
        return MerkleTree.Fold(Sha256d.Hash(coinbase), [.. _job.Branch]);
    }

    /// <summary>A share that was found.</summary>
    public sealed record Found(string JobId, byte[] Extranonce2, uint NTime, uint Nonce, uint? VersionBits);
}
