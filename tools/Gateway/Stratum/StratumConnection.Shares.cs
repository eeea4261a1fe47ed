using System.Runtime.CompilerServices;
using System.Text;
using MicroFirmware.Bitcoin;
using MicroFirmware.Bitcoin.Stratum;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Jobs;
using MicroFirmware.Gateway.Shares;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Stratum;

/// <content>Shares: judged as they come, answered when they are on the disk.</content>
internal sealed partial class StratumConnection
{
    /// <summary>Shares that may wait for the disk before the miner is read on.</summary>
    private const int MaxWaitingShares = 32;

    /// <summary>A text of 64 characters in its quotes.</summary>
    private const int MaxIdOctets = StratumId.MaxLength + 2;

    private static readonly StratumError s_badExtranonce = StratumError.Other("extranonce2 has the wrong size");
    private static readonly StratumError s_badTime = StratumError.Other("ntime out of range");
    private static readonly StratumError s_badVersion = StratumError.Other("Version bits outside the mask");

    private Receipt? _freeReceipts;
    private int _waitingShares;
    private Job? _rootJob;
    private Extranonce _rootExtranonce;
    private Hash256 _root;

    private void TakeSubmit(StratumRequest.Submit submit, TimeSpan now)
    {
        StratumShare share = default;
        share.Id = submit.Id.ToJson();
        if (share.Id.Length > MaxIdOctets)
        {
            CountMistake(now);
            Refuse(StratumId.Null, StratumError.Other("The id is too long."));
            return;
        }

        share.User = Encoding.UTF8.GetBytes(submit.User);
        share.JobId = Encoding.UTF8.GetBytes(submit.JobId);
        share.Extranonce2 = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(submit.Extranonce2));
        (share.NTime, share.Nonce, share.VersionBits) = (submit.NTime, submit.Nonce, submit.VersionBits);
        TakeShare(share, now);
    }

    private void TakeShare(in StratumShare share, TimeSpan now)
    {
        if (!_isSubscribed)
        {
            RefuseShare(share, StratumError.NotSubscribed, now);
            return;
        }

        if (FindWorker(share.User) is not { IsRevoked: false } device)
        {
            RefuseShare(share, StratumError.Unauthorized, now);
            return;
        }

        // Asked before it is judged: a share that was judged is remembered, and must not be lost then.
        if (!_server.Shares.HasRoom)
        {
            RefuseShare(share, s_busy, now);
            return;
        }

        ShareFinding finding = Judge(share, out ulong jobId, out uint version);
        Follow(finding.Check, now);
        ShareRecord record = new()
        {
            Sequence = _server.NextSequence(),
            JobId = jobId,
            HeaderVersion = version,
            NTime = share.NTime,
            Nonce = share.Nonce,
        };
        _server.Shares.Take(device, record, finding, TakeReceipt(share.Id));
    }

    private ShareFinding Judge(in StratumShare share, out ulong jobId, out uint version)
    {
        version = share.VersionBits ?? 0;
        if (!NotifyLine.TryReadId(share.JobId, out jobId, out byte issue))
        {
            return Refused(VerdictCode.UnknownJob);
        }

        ConnectionTerms terms;
        lock (_sync)
        {
            if (!_issued.TryFind(jobId, issue, out terms))
            {
                return Refused(VerdictCode.UnknownJob);
            }
        }

        JobState state = _server.Board.Find(jobId, out Job? job);
        if (job is null)
        {
            return Refused(state == JobState.Unknown ? VerdictCode.UnknownJob : VerdictCode.Stale);
        }

        if (share.Extranonce2.Length != 2 * job.Extranonces.Extranonce2Size)
        {
            return Refused(VerdictCode.OutOfLane);
        }

        ConnectionShare header = new(share.VersionBits, share.NTime, share.Nonce);
        Extranonce extranonce = ExtranonceOf(job, share.Extranonce2);
        FindRoot(job, extranonce);
        version = job.VersionOf(header, terms.VersionMask);
        return ShareValidator.Check(header, job, state, extranonce, _root, terms);
    }

    private static ShareFinding Refused(VerdictCode code) => new(new ShareCheck(code, Hash256.Zero, 0), null);

    private Extranonce ExtranonceOf(Job job, ReadOnlySpan<byte> digits)
    {
        Span<byte> octets = stackalloc byte[Extranonce.MaxSize];
        Convert.FromHexString(digits, octets, out _, out int count);
        return job.Extranonces.Join(_number, octets[..count]);
    }

    /// <summary>A miner changes its extranonce2 when it has been through the nonces, so the root mostly
    /// stays.</summary>
    private void FindRoot(Job job, in Extranonce extranonce)
    {
        if (_rootJob != job || _rootExtranonce != extranonce)
        {
            _root = job.RootOf(extranonce);
            (_rootJob, _rootExtranonce) = (job, extranonce);
        }
    }

    private void Follow(in ShareCheck check, TimeSpan now)
    {
        if (check.Work > 0)
        {
            lock (_sync)
            {
                _wantsReissue |= _shareWork.Credit(_server.ShareOptions, check.Work, now);
            }
        }
        else if (check.Verdict != VerdictCode.Stale)
        {
            CountMistake(now);
        }
    }

    private void RefuseShare(in StratumShare share, StratumError error, TimeSpan now)
    {
        CountMistake(now);
        lock (_sync)
        {
            if (!_isDone)
            {
                Written(StratumAnswer.Refused(Room(StratumAnswer.MaxOctets), share.Id, error));
            }
        }
    }

    private Receipt TakeReceipt(ReadOnlySpan<byte> id)
    {
        lock (_sync)
        {
            Receipt receipt = _freeReceipts ?? new Receipt(this);
            _freeReceipts = receipt.Next;
            receipt.Remember(id);
            _waitingShares++;
            return receipt;
        }
    }

    private void AnswerShare(Receipt receipt, VerdictCode? verdict)
    {
        TaskCompletionSource? resume;
        lock (_sync)
        {
            if (!_isDone && !IsClosed)
            {
                Span<byte> room = Room(StratumAnswer.MaxOctets);
                Written(verdict is VerdictCode.Accepted or VerdictCode.BlockFound
                    ? StratumAnswer.Granted(room, receipt.Id)
                    : StratumAnswer.Refused(room, receipt.Id, ErrorOf(verdict)));
            }

            receipt.Next = _freeReceipts;
            _freeReceipts = receipt;
            _waitingShares--;
            (resume, _resume) = (_resume, null);
        }

        resume?.TrySetResult();
        FlushBatch.Add(this);
    }

    private static StratumError ErrorOf(VerdictCode? verdict) => verdict switch
    {
        null => s_busy,
        VerdictCode.UnknownJob or VerdictCode.Stale => StratumError.JobNotFound,
        VerdictCode.Duplicate => StratumError.DuplicateShare,
        VerdictCode.LowDifficulty => StratumError.LowDifficulty,
        VerdictCode.OutOfLane => s_badExtranonce,
        VerdictCode.BadNTime => s_badTime,
        _ => s_badVersion,
    };

    /// <summary>Waits for the verdict of one share; used again for another.</summary>
    private sealed class Receipt(StratumConnection connection) : IShareReceipt
    {
        private IdOctets _id;
        private int _length;

        public Receipt? Next { get; set; }

        public ReadOnlySpan<byte> Id => ((ReadOnlySpan<byte>)_id)[.._length];

        public void Remember(ReadOnlySpan<byte> id)
        {
            _length = id.Length;
            id.CopyTo(_id);
        }

        public void Give(Verdict verdict) => connection.AnswerShare(this, verdict.Code);

        public void Withhold() => connection.AnswerShare(this, null);
    }

    [InlineArray(MaxIdOctets)]
    private struct IdOctets
    {
        private byte _first;
    }
}
