namespace MicroFirmware.Appliance.Tests.Rig;

/// <summary>
/// A gateway that costs next to nothing: every hash is a share. It judges each share once, by lane, and remembers
/// which.
/// </summary>
internal sealed class LightGateway(byte[] key, string device)
{
    private readonly Dictionary<ulong, byte[]> _seen = [];
    private readonly HashSet<(ulong, uint, uint, uint, uint)> _hashed = [];
    private readonly Dictionary<(ulong Job, uint Lane), WorkRecord> _lanes = [];
    private uint _nextLane;

    public ulong JobId { get; private set; } = 1;

    public ulong CounterFloor { get; set; }

    public ushort ValiditySeconds { get; set; } = 60;

    public bool IsRevoked { get; set; }

    public bool IsStranger { get; set; }

    public IReadOnlyDictionary<ulong, byte[]> Seen => _seen;

    public int Accepted { get; private set; }

    public int Restarts { get; private set; }

    /// <summary>What may never be the verdict of an honest board.</summary>
    public List<VerdictCode> Wrong { get; } = [];

    public void NewJob() => JobId++;

    /// <summary>Jobs and lanes are forgotten; counters, shares and verdicts are not.</summary>
    public void Restart()
    {
        Restarts++;
        JobId += 1000;
        _lanes.Clear();
    }

    public byte[] Answer(byte[] request)
    {
        string text = Ascii.GetString(request, 0, request.Length);
        if (text.StartsWith("GET /v1/update", StringComparison.Ordinal))
        {
            return Updates(text.Split(' ')[1]);
        }

        int at = text.IndexOf("Authorization: ", StringComparison.Ordinal) + "Authorization: ".Length;
        string value = text[at..text.IndexOf('\r', at)];
        Assert.True(Credential.TryParseHttp(value, out Credential credential));
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
        return IsRevoked ? Refuse(403, RefusalCode.Revoked, credential.Counter) : GiveWork(credential.Counter);
    }

    /// <summary>Answers to requests for updates.</summary>
    public Func<string, byte[]> Updates { get; set; } =
        _ => Ascii.GetBytes("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");

    public bool Admits(ChannelOptions options)
    {
        Assert.True(Credential.TryParseMqtt(options.User, options.Password, out Credential credential));
        Assert.True(credential.IsSignedWith(key));
        bool isNew = credential.Counter > CounterFloor;
        CounterFloor = Math.Max(CounterFloor, credential.Counter);
        return isNew && !IsRevoked;
    }

    public Verdict Judge(byte[] payload)
    {
        Assert.True(ShareRecord.IsAuthentic(payload, 0, key, device));
        Assert.Equal(ParseStatus.Done, ShareRecord.Parse(payload, 0, payload.Length, out ShareRecord share));
        VerdictCode code = VerdictCode.Accepted;
        if (_seen.TryGetValue(share.Sequence, out byte[]? before))
        {
            Assert.Equal(before, payload);
        }
        else
        {
            _seen.Add(share.Sequence, payload);
            code = Check(share);
            Accepted += code == VerdictCode.Accepted ? 1 : 0;
        }

        return new Verdict { Code = code, JobId = share.JobId, Nonce = share.Nonce, Sequence = share.Sequence };
    }

    private VerdictCode Check(ShareRecord share)
    {
        bool isKnown = _lanes.ContainsKey((share.JobId, share.Lane));
        VerdictCode code = !isKnown ? VerdictCode.UnknownJob
            : !_hashed.Add((share.JobId, share.Lane, share.HeaderVersion, share.NTime, share.Nonce))
                ? VerdictCode.Duplicate
            : share.JobId != JobId ? VerdictCode.Stale
            : VerdictCode.Accepted;
        if (code == VerdictCode.Duplicate || (code == VerdictCode.UnknownJob && Restarts == 0))
        {
            Wrong.Add(code);
        }

        return code;
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
            LastNonce = uint.MaxValue,
            GatewayTime = 1_800_000_000,
            ShareTarget = Work.ToTarget(1),
        };
        LittleEndian.WriteUInt64(work.Header, 4, JobId);
        LittleEndian.WriteUInt32(work.Header, 36, work.Lane);
        _lanes[(work.JobId, work.Lane)] = work;
        byte[] body = new byte[WorkRecord.Length];
        work.Write(body, 0, key, device);
        return [.. Ascii.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
    }

    private byte[] Refuse(int status, RefusalCode code, ulong counter)
    {
        Refusal refusal = new() { Code = code, Counter = counter, CounterFloor = CounterFloor };
        string value = refusal.ToHeaderValue(key, device);
        return Ascii.GetBytes($"HTTP/1.1 {status} No\r\n{Refusal.HeaderName}: {value}\r\nContent-Length: 0\r\n\r\n");
    }
}
