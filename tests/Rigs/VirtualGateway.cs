using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Rigs;

/// <summary>
/// A gateway of a few lines that trusts nothing: it hands out lanes, and checks each share against the lane it gave,
/// the rolling it allowed, the target and all shares before.
/// </summary>
internal sealed class VirtualGateway(byte[] key, string device)
{
    // In the 80 octets of a block's header.
    private const int AtNTime = 68;

    private readonly Dictionary<(ulong Job, uint Lane), WorkRecord> _lanes = [];
    private readonly HashSet<(ulong Job, uint Lane, uint Version, uint NTime, uint Nonce)> _headers = [];
    private readonly Dictionary<ulong, byte[]> _seen = [];
    private readonly Dictionary<ulong, Verdict> _verdicts = [];
    private readonly Sha256 _sha = new();
    private uint _nextLane;

    /// <summary>Whether shares are hashed again; only work of which every hash is a share can do without.</summary>
    public bool Hashes { get; init; } = true;

    /// <summary>Without it every request for work is answered with the advice to ask again in an hour.</summary>
    public bool HasWork { get; init; } = true;

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

    /// <summary>Something else answers at the gateway's address.</summary>
    public bool IsStranger { get; set; }

    public int WorkGiven => _lanes.Count;

    /// <summary>Share records by their sequence numbers.</summary>
    public IReadOnlyDictionary<ulong, byte[]> Seen => _seen;

    public IEnumerable<Verdict> Verdicts => _verdicts.Values;

    public int Accepted { get; private set; }

    public int Restarts { get; private set; }

    /// <summary>What may never be the verdict of an honest board.</summary>
    public List<VerdictCode> Wrong { get; } = [];

    /// <summary>Changes a work record before it is signed.</summary>
    public Action<WorkRecord>? Adjust { get; set; }

    /// <summary>Answers to requests for updates.</summary>
    public Func<string, byte[]> Updates { get; set; } =
        _ => Ascii.GetBytes("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");

    /// <summary>A gateway that costs next to nothing, for days of faults by the thousand: every hash is a share.
    /// </summary>
    public static VirtualGateway Light(byte[] key, string device) => new(key, device)
    {
        Hashes = false,
        ShareWork = 1,
        VersionMask = 0,
        NTimeRollSeconds = 0,
        LastNonce = uint.MaxValue,
    };

    public void NewJob() => JobId++;

    /// <summary>Jobs and lanes are forgotten; counters, shares and verdicts are not.</summary>
    public void Restart()
    {
        Restarts++;
        JobId += 1000;
        _lanes.Clear();
    }

    /// <summary>The whole HTTP answer to a request.</summary>
    public byte[] Answer(byte[] request)
    {
        string text = Ascii.GetString(request, 0, request.Length);
        if (text.StartsWith("GET /v1/update", StringComparison.Ordinal))
        {
            return Updates(text.Split(' ')[1]);
        }

        int at = text.IndexOf("Authorization: ", StringComparison.Ordinal) + "Authorization: ".Length;
        Assert.True(Credential.TryParseHttp(text[at..text.IndexOf('\r', at)], out Credential credential));
        Assert.Equal(device, credential.Device);
        if (!credential.IsSignedWith(key))
        {
            return Refuse(401, RefusalCode.BadMac, credential.Counter);
        }

        if (IsStranger)
        {
            return Ascii.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        }

        if (credential.Counter <= CounterFloor)
        {
            return Refuse(409, RefusalCode.CounterReplayed, credential.Counter);
        }

        CounterFloor = credential.Counter;
        return IsRevoked ? Refuse(403, RefusalCode.Revoked, credential.Counter)
            : HasWork ? GiveWork(credential.Counter)
            : Refuse(503, RefusalCode.NoWork, credential.Counter, retryAfterSeconds: 3600);
    }

    /// <summary>Whether the broker lets a board in.</summary>
    public bool Admits(ChannelOptions options)
    {
        Assert.True(Credential.TryParseMqtt(options.User, options.Password, out Credential credential));
        Assert.True(credential.IsSignedWith(key));
        bool isNew = credential.Counter > CounterFloor;
        CounterFloor = Math.Max(CounterFloor, credential.Counter);
        return isNew && !IsRevoked;
    }

    /// <summary>The verdict on a share; the same again for a share that is sent again.</summary>
    public Verdict Judge(byte[] record)
    {
        Assert.True(ShareRecord.IsAuthentic(record, 0, key, device));
        Assert.Equal(ParseStatus.Done, ShareRecord.Parse(record, 0, record.Length, out ShareRecord share));
        if (_seen.TryGetValue(share.Sequence, out byte[]? before))
        {
            Assert.Equal(before, record);
            return _verdicts[share.Sequence];
        }

        VerdictCode code = Check(share);
        bool isAccepted = code == VerdictCode.Accepted;
        Accepted += isAccepted ? 1 : 0;
        bool isForgotten = code == VerdictCode.UnknownJob && Restarts > 0;
        if (code is not (VerdictCode.Accepted or VerdictCode.Stale) && !isForgotten)
        {
            Wrong.Add(code);
        }

        _seen.Add(share.Sequence, record);
        return _verdicts[share.Sequence] = new Verdict
        {
            Code = code,
            JobId = share.JobId,
            Nonce = share.Nonce,
            Sequence = share.Sequence,
            Work = isAccepted ? ShareWork : 0,
        };
    }

    private VerdictCode Check(ShareRecord share)
    {
        if (!_lanes.TryGetValue((share.JobId, share.Lane), out WorkRecord? work))
        {
            return VerdictCode.UnknownJob;
        }

        uint version = LittleEndian.ReadUInt32(work.Header, 0);
        uint ntime = LittleEndian.ReadUInt32(work.Header, AtNTime);
        return share.NTime < ntime || share.NTime - ntime > work.NTimeRollSeconds ? VerdictCode.BadNTime
            : ((share.HeaderVersion ^ version) & ~work.VersionMask) != 0 ? VerdictCode.BadVersionBits
            : share.Nonce < work.FirstNonce || share.Nonce > work.LastNonce ? VerdictCode.OutOfLane
            : Hashes && !Target.IsMet(HashOf(work, share), work.ShareTarget) ? VerdictCode.LowDifficulty
            : !_headers.Add((share.JobId, share.Lane, share.HeaderVersion, share.NTime, share.Nonce))
                ? VerdictCode.Duplicate
            : share.JobId != JobId ? VerdictCode.Stale
            : VerdictCode.Accepted;
    }

    private byte[] HashOf(WorkRecord work, ShareRecord share)
    {
        byte[] header = [.. work.Header];
        LittleEndian.WriteUInt32(header, 0, share.HeaderVersion);
        LittleEndian.WriteUInt32(header, AtNTime, share.NTime);
        return BlockHeader.Hash(_sha, header, share.Nonce);
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
            GatewayTime = 1_800_000_000,
            ShareTarget = Work.ToTarget(ShareWork),
        };

        // No two lanes have one header, nor do two jobs.
        LittleEndian.WriteUInt64(work.Header, 4, JobId);
        LittleEndian.WriteUInt32(work.Header, 36, work.Lane);
        Adjust?.Invoke(work);
        _lanes[(work.JobId, work.Lane)] = work;
        byte[] body = new byte[WorkRecord.Length];
        work.Write(body, 0, key, device);
        return [.. Ascii.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
    }

    private byte[] Refuse(int status, RefusalCode code, ulong counter, ushort retryAfterSeconds = 5)
    {
        Refusal refusal = new()
        {
            Code = code,
            Counter = counter,
            CounterFloor = CounterFloor,
            RetryAfterSeconds = retryAfterSeconds,
        };
        string value = refusal.ToHeaderValue(key, device);
        return Ascii.GetBytes($"HTTP/1.1 {status} No\r\n{Refusal.HeaderName}: {value}\r\nContent-Length: 0\r\n\r\n");
    }
}
