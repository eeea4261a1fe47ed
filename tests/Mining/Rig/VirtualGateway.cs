using MicroFirmware.Protocol;

namespace MicroFirmware.Mining.Tests.Rig;

/// <summary>
/// A gateway of a few lines that trusts nothing: it hands out lanes, and checks each share against the lane it gave,
/// the rolling it allowed, the target and all shares before.
/// </summary>
internal sealed class VirtualGateway(byte[] key, string device)
{
    private readonly Dictionary<(ulong Job, uint Lane), WorkRecord> _lanes = [];
    private readonly HashSet<string> _headers = [];
    private readonly Dictionary<ulong, Verdict> _verdicts = [];
    private readonly Sha256 _sha = new();
    private uint _nextLane;

    public ulong JobId { get; private set; } = 1;

    /// <summary>The greatest counter accepted from the device.</summary>
    public ulong CounterFloor { get; set; }

    /// <summary>Expected hashes per share.</summary>
    public ulong ShareWork { get; set; } = 64;

    public ushort ValiditySeconds { get; set; } = 60;

    public uint VersionMask { get; set; } = 0x6000;

    public ushort NTimeRollSeconds { get; set; } = 2;

    public uint LastNonce { get; set; } = 4095;

    public bool IsRevoked { get; set; }

    public int WorkGiven => _lanes.Count;

    public IEnumerable<Verdict> Verdicts => _verdicts.Values;

    public int Accepted => _verdicts.Values.Count(v => v.IsAccepted);

    public void NewJob() => JobId++;

    /// <summary>Changes a work record before it is signed.</summary>
    public Action<WorkRecord> Adjust { get; set; } = _ => { };

    /// <summary>The whole HTTP answer to a request.</summary>
    public byte[] Answer(byte[] request)
    {
        string text = Ascii.GetString(request, 0, request.Length);
        string value = text.Split("\r\n").Single(l => l.StartsWith("Authorization: "))["Authorization: ".Length..];
        Assert.True(Credential.TryParseHttp(value, out Credential credential));
        Assert.Equal(device, credential.Device);
        Assert.True(credential.IsSignedWith(key));
        if (credential.Counter <= CounterFloor)
        {
            return Refuse(409, RefusalCode.CounterReplayed, credential.Counter);
        }

        CounterFloor = credential.Counter;
        return IsRevoked ? Refuse(403, RefusalCode.Revoked, credential.Counter) : GiveWork(credential.Counter);
    }

    public bool Admits(ChannelOptions options)
    {
        Assert.True(Credential.TryParseMqtt(options.User, options.Password, out Credential credential));
        Assert.True(credential.IsSignedWith(key));
        bool isNew = credential.Counter > CounterFloor;
        CounterFloor = Math.Max(CounterFloor, credential.Counter);
        return isNew;
    }

    /// <summary>The verdict on a share; the same again for a share that is sent again.</summary>
    public Verdict Judge(byte[] payload)
    {
        Assert.True(ShareRecord.IsAuthentic(payload, 0, key, device));
        Assert.Equal(ParseStatus.Done, ShareRecord.Parse(payload, 0, payload.Length, out ShareRecord share));
        if (_verdicts.TryGetValue(share.Sequence, out Verdict? before))
        {
            Assert.Equal((before.JobId, before.Nonce), (share.JobId, share.Nonce));
            return before;
        }

        VerdictCode code = Check(share);
        Verdict verdict = new()
        {
            Code = code,
            JobId = share.JobId,
            Nonce = share.Nonce,
            Sequence = share.Sequence,
            Work = code == VerdictCode.Accepted ? ShareWork : 0,
        };
        _verdicts.Add(share.Sequence, verdict);
        return verdict;
    }

    private VerdictCode Check(ShareRecord share)
    {
        if (!_lanes.TryGetValue((share.JobId, share.Lane), out WorkRecord? work))
        {
            return VerdictCode.UnknownJob;
        }

        byte[] header = [.. work.Header];
        uint ntime = LittleEndian.ReadUInt32(header, BlockHeader.AtNTime);
        if (share.NTime < ntime || share.NTime - ntime > work.NTimeRollSeconds)
        {
            return VerdictCode.BadNTime;
        }

        if (((share.HeaderVersion ^ LittleEndian.ReadUInt32(header, 0)) & ~work.VersionMask) != 0)
        {
            return VerdictCode.BadVersionBits;
        }

        LittleEndian.WriteUInt32(header, 0, share.HeaderVersion);
        LittleEndian.WriteUInt32(header, BlockHeader.AtNTime, share.NTime);
        byte[] hash = BlockHeader.Hash(_sha, header, share.Nonce);
        return share.Nonce < work.FirstNonce || share.Nonce > work.LastNonce ? VerdictCode.OutOfLane
            : !Target.IsMet(hash, work.ShareTarget) ? VerdictCode.LowDifficulty
            : !_headers.Add(Convert.ToHexString(hash)) ? VerdictCode.Duplicate
            : share.JobId != JobId ? VerdictCode.Stale
            : VerdictCode.Accepted;
    }

    private byte[] GiveWork(ulong counter)
    {
        WorkRecord work = new()
        {
            CleanJobs = true,
            ValiditySeconds = ValiditySeconds,
            JobId = JobId,
            Lane = _nextLane++,
            Height = (uint)JobId,
            Counter = counter,
            Header = new byte[Limits.HeaderWithoutNonceLength],
            FirstNonce = 0,
            LastNonce = LastNonce,
            VersionMask = VersionMask,
            NTimeRollSeconds = NTimeRollSeconds,
            GatewayTime = 1700000000,
            ShareTarget = Work.ToTarget(ShareWork),
        };
        LittleEndian.WriteUInt64(work.Header, 4, JobId);
        LittleEndian.WriteUInt32(work.Header, 36, work.Lane);
        Adjust(work);
        _lanes[(work.JobId, work.Lane)] = work;
        byte[] body = new byte[WorkRecord.Length];
        work.Write(body, 0, key, device);
        return [.. Ascii.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
    }

    private byte[] Refuse(int status, RefusalCode code, ulong counter)
    {
        Refusal refusal = new() { Code = code, Counter = counter, CounterFloor = CounterFloor, RetryAfterSeconds = 5 };
        string value = refusal.ToHeaderValue(key, device);
        return Ascii.GetBytes($"HTTP/1.1 {status} No\r\n{Refusal.HeaderName}: {value}\r\nContent-Length: 0\r\n\r\n");
    }
}
