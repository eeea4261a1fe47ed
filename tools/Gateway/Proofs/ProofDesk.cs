using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Devices;
using MicroFirmware.Protocol;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Proofs;

/// <summary>
/// Has boards check proofs: those of customers, and planted ones in between. Safe for use by many threads.
/// </summary>
internal sealed class ProofDesk : IDisposable
{
    /// <summary>Proofs of customers under way at a time; more are turned away.</summary>
    public const int MaxInquiries = 64;

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(250);

    // Newcomers are in no hurry.
    private static readonly TimeSpan s_probationInterval = TimeSpan.FromSeconds(2);

    private readonly Live<ProofOptions> _options;
    private readonly ProofPanel _panel;
    private readonly ProofSamples _samples;
    private readonly Random _random;
    private readonly TimeProvider _time;
    private readonly ILogger<ProofDesk> _log;
    private readonly Lock _gate = new();
    private readonly Dictionary<(int Device, ulong Task), (ProofInquiry Inquiry, BoardQuestion Question)> _open = [];
    private readonly List<ProofInquiry> _inquiries = [];
    private DateTimeOffset _probationAt;
    private ITimer? _timer;
    private bool _isClosed;

    public ProofDesk(
        Live<ProofOptions> options,
        ProofPanel panel,
        ProofSamples samples,
        Random random,
        TimeProvider time,
        ILogger<ProofDesk> log)
    {
        (_options, _panel, _samples, _random, _time, _log) = (options, panel, samples, random, time, log);
        _panel.Asked = (inquiry, question) => _open[(question.Device.Number, question.Id)] = (inquiry, question);
    }

    /// <summary>Boards that would be given a customer's proof now.</summary>
    public int Ready
    {
        get
        {
            DateTimeOffset now = _time.GetUtcNow();
            lock (_gate)
            {
                return _panel.Find(standing => standing.IsTrusted(now)).Count;
            }
        }
    }

    /// <summary>Boards that listen and are suspended.</summary>
    public int Suspended
    {
        get
        {
            DateTimeOffset now = _time.GetUtcNow();
            lock (_gate)
            {
                return _panel.Find(standing => now < standing.SuspendedUntil).Count;
            }
        }
    }

    /// <summary>Proofs that were valid, were wrong, and were not decided; planted ones; attestations that turned out
    /// wrong.</summary>
    public (long Valid, long Wrong, long Undecided, long Planted, long Mistaken) Counts { get; private set; }

    /// <summary>Findings that were right, were not, and did not come.</summary>
    public (long Right, long Wrong, long Late) Findings
    {
        get
        {
            lock (_gate)
            {
                return _panel.Standings.Totals;
            }
        }
    }

    /// <summary>Whether a customer's proof can be decided now, as far as can be told.</summary>
    public bool IsReady
    {
        get
        {
            lock (_gate)
            {
                return !_isClosed && Ready >= _options.Now.Agreeing
                    && _inquiries.Count(inquiry => !inquiry.IsPlanted) < MaxInquiries;
            }
        }
    }

    /// <summary>Begins to look at the time.</summary>
    public void Start() => _timer = _time.CreateTimer(_ => Tick(), null, s_tick, s_tick);

    /// <summary>Every listening board with its standing.</summary>
    public IReadOnlyList<BoardReport> Boards()
    {
        DateTimeOffset now = _time.GetUtcNow();
        lock (_gate)
        {
            return [.. _panel.Find(_ => true).Select(board => BoardReport.Of(board, _panel.Standings.Of(board), now))];
        }
    }

    /// <summary>Has boards check a proof.</summary>
    /// <returns>Null where too few found the same in time.</returns>
    public async Task<ProofDecision?> CheckAsync(TransactionProof proof)
    {
        ProofInquiry inquiry;
        lock (_gate)
        {
            if (_isClosed)
            {
                return null;
            }

            DateTimeOffset now = _time.GetUtcNow();
            ProofOptions terms = _options.Now;
            ProofOutcome? truth = _random.Next(100) < terms.AuditPercent ? ProofJudge.Check(proof) : null;
            inquiry = new ProofInquiry(proof, truth, isPlanted: false, terms, _panel, now);

            // Before or after the real one: who sees both cannot tell them by their order.
            bool plants = _random.Next(100) < terms.PlantedPercent;
            bool plantsFirst = plants && _random.Next(2) == 0;
            if (plantsFirst)
            {
                Plant(now, terms.Boards);
            }

            _inquiries.Add(inquiry);
            inquiry.Ask(terms.Boards, now);
            if (plants && !plantsFirst)
            {
                Plant(now, terms.Boards);
            }
        }

        ProofDecision? decision = await inquiry.Decided;
        lock (_gate)
        {
            Note(inquiry, decision);
        }

        return decision;
    }

    /// <summary>Takes a message from a board's finding topic.</summary>
    public void Take(Device device, byte[] octets)
    {
        if (ProofFinding.Parse(octets, 0, octets.Length, out ProofFinding finding) != ParseStatus.Done)
        {
            return;
        }

        lock (_gate)
        {
            if (_open.TryGetValue((device.Number, finding.Id), out (ProofInquiry Inquiry, BoardQuestion Question) open)
                && open.Inquiry.Take(open.Question, octets, _time.GetUtcNow()))
            {
                CloseSome();
            }
        }
    }

    /// <summary>Looks at the time.</summary>
    public void Tick()
    {
        lock (_gate)
        {
            DateTimeOffset now = _time.GetUtcNow();
            foreach (ProofInquiry inquiry in _inquiries.ToArray())
            {
                inquiry.Tick(now);
            }

            CloseSome();
            if (_options.Now.IsEnabled && now >= _probationAt)
            {
                _probationAt = now + s_probationInterval;
                TryNewcomers(now);
            }
        }
    }

    /// <summary>Gives up on what is under way, and takes nothing more.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_gate)
        {
            _isClosed = true;
            _inquiries.ForEach(inquiry => inquiry.GiveUp());
        }
    }

    /// <summary>Boards on probation get their planted proofs whether there are customers or not.</summary>
    private void TryNewcomers(DateTimeOffset now)
    {
        bool areThere = _panel.Find(standing => standing.IsAsked(now) && standing.Probation > 0).Count > 0;
        if (areThere && !_inquiries.Exists(inquiry => inquiry.IsPlanted))
        {
            Plant(now, ProofOptions.MaxBoards);
        }
    }

    private void Plant(DateTimeOffset now, int count)
    {
        List<Device> boards = _panel.Find(standing => standing.IsAsked(now));
        (TransactionProof proof, HashSet<int> seenBy) = _samples.Plant(boards);
        ProofInquiry planted = new(proof, ProofJudge.Check(proof), isPlanted: true, _options.Now, _panel, now);
        _inquiries.Add(planted);
        planted.Ask(count, now);
        seenBy.UnionWith(planted.Questions.Select(question => question.Device.Number));
        Counts = Counts with { Planted = Counts.Planted + 1 };
    }

    private void CloseSome()
    {
        foreach (ProofInquiry inquiry in _inquiries.FindAll(inquiry => inquiry.IsClosed))
        {
            _inquiries.Remove(inquiry);
            foreach (BoardQuestion question in inquiry.Questions)
            {
                _open.Remove((question.Device.Number, question.Id));
            }

            inquiry.Close();
            if (inquiry.IsMistaken)
            {
                Counts = Counts with { Mistaken = Counts.Mistaken + 1 };
                _log.LogError("An attestation was given for what is not so: as many boards as decide lied together. "
                    + "Raise Proofs:Agreeing or Proofs:AuditPercent.");
            }
        }
    }

    private void Note(ProofInquiry inquiry, ProofDecision? decision)
    {
        Counts = decision?.Result.Code switch
        {
            null => Counts with { Undecided = Counts.Undecided + 1 },
            FindingCode.Valid => Counts with { Valid = Counts.Valid + 1 },
            _ => Counts with { Wrong = Counts.Wrong + 1 },
        };
        if (decision?.Result.Code == FindingCode.Valid)
        {
            _samples.Add(inquiry.Proof, inquiry.Questions.Select(question => question.Device));
        }
    }
}
