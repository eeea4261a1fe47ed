using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Proofs;

/// <summary>
/// One proof and the boards that are asked about it: who answers in time and right, who is replaced, when it is
/// decided. A state machine without a clock or a thread; the desk guards it.
/// </summary>
internal sealed class ProofInquiry
{
    private readonly ProofOptions _options;
    private readonly ProofPanel _panel;
    private readonly List<BoardQuestion> _questions = [];
    private readonly TaskCompletionSource<ProofDecision?> _decided =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly DateTimeOffset _deadline;

    /// <summary>Begins.</summary>
    /// <param name="proof">What is asked.</param>
    /// <param name="truth">What is so, where that is known: always of a planted proof.</param>
    /// <param name="isPlanted">Whether nobody waits for it.</param>
    /// <param name="options">How many boards, and how long.</param>
    /// <param name="panel">Draws boards and hands them tasks.</param>
    /// <param name="now">The time.</param>
    public ProofInquiry(
        TransactionProof proof,
        ProofOutcome? truth,
        bool isPlanted,
        ProofOptions options,
        ProofPanel panel,
        DateTimeOffset now)
    {
        (Proof, Truth, IsPlanted, _options, _panel) = (proof, truth, isPlanted, options, panel);
        _deadline = now + options.Timeout;
    }

    /// <summary>What is asked.</summary>
    public TransactionProof Proof { get; }

    /// <summary>What is so; null while nobody has looked.</summary>
    public ProofOutcome? Truth { get; private set; }

    /// <summary>Whether nobody waits for it.</summary>
    public bool IsPlanted { get; }

    /// <summary>The boards so far, those that were replaced too.</summary>
    public IReadOnlyList<BoardQuestion> Questions => _questions;

    /// <summary>The decision; null when there is none in time.</summary>
    public Task<ProofDecision?> Decided => _decided.Task;

    /// <summary>Whether it was decided and then turned out otherwise.</summary>
    public bool IsMistaken =>
        _decided.Task is { IsCompletedSuccessfully: true, Result: { } decision } && Truth is not null
        && decision.Result != Truth;

    /// <summary>Whether nothing is waited for any more.</summary>
    public bool IsClosed => (IsPlanted || _decided.Task.IsCompleted) && _questions.TrueForAll(q => q.IsOver);

    private bool IsUndecided => !IsPlanted && !_decided.Task.IsCompleted;

    /// <summary>Asks boards that were not asked before.</summary>
    public void Ask(int count, DateTimeOffset now)
    {
        IEnumerable<BoardQuestion> asked = _panel.Ask(this, count, now);
        _questions.AddRange(asked);
        Decide(now);
    }

    /// <summary>Takes an answer.</summary>
    /// <returns>False for one that is not authentic: it is as if there were none.</returns>
    public bool Take(BoardQuestion question, byte[] octets, DateTimeOffset now)
    {
        bool isGood = ProofFinding.Parse(octets, 0, octets.Length, out ProofFinding finding) == ParseStatus.Done
            && ProofFinding.IsAuthentic(octets, question.Task, question.Device.Key, question.Device.Id);
        if (!isGood || question.IsOver)
        {
            return isGood;
        }

        question.IsOver = true;
        question.Result = ProofOutcome.Of(finding);
        question.Finding = octets;
        bool isDisputed = _questions.Exists(q => q.Result is not null && q.Result != question.Result);
        Truth ??= isDisputed ? ProofJudge.Check(Proof) : null;
        Judge(now);
        Decide(now);
        return true;
    }

    /// <summary>Gives up on who took too long.</summary>
    public void Tick(DateTimeOffset now)
    {
        int late = 0;
        foreach (BoardQuestion question in _questions.FindAll(q => !q.IsOver && now >= q.Until))
        {
            question.IsOver = true;
            late++;
            _panel.Standings.Miss(question.Device, now);
        }

        if (IsUndecided && now >= _deadline)
        {
            _decided.SetResult(null);
        }
        else if (late > 0 && IsUndecided)
        {
            Ask(late, now);
        }
    }

    /// <summary>The gateway stops.</summary>
    public void GiveUp()
    {
        if (IsUndecided)
        {
            _decided.SetResult(null);
        }
    }

    /// <summary>Nothing comes any more. What was not disputed, and decided, counts as right.</summary>
    public void Close()
    {
        if (Truth is null && _decided.Task.Result is not null)
        {
            foreach (BoardQuestion question in _questions.FindAll(q => q.Result is not null && !q.IsJudged))
            {
                question.IsJudged = true;
                _panel.Standings.Count(question.Device);
            }
        }
    }

    private void Judge(DateTimeOffset now)
    {
        if (Truth is null)
        {
            return;
        }

        int lies = 0;
        foreach (BoardQuestion question in _questions.FindAll(q => q.Result is not null && !q.IsJudged))
        {
            question.IsJudged = true;
            if (question.Result == Truth)
            {
                _panel.Standings.Count(question.Device);
            }
            else
            {
                lies++;
                _panel.Standings.Suspend(question.Device, now);
            }
        }

        if (lies > 0 && IsUndecided)
        {
            Ask(lies, now);
        }
    }

    /// <summary>Enough agree; or too few ever will.</summary>
    private void Decide(DateTimeOffset now)
    {
        if (!IsUndecided)
        {
            return;
        }

        List<BoardQuestion> right = _questions.FindAll(
            q => q.Result is not null && (Truth is null || q.Result == Truth));
        if (right.Count >= _options.Agreeing)
        {
            _decided.SetResult(new ProofDecision(
                right[0].Result!, Truth is not null, [.. right.Select(question => question.ToFinding())]));
        }
        else if (_questions.TrueForAll(q => q.IsOver))
        {
            _decided.SetResult(null);
        }
    }
}
