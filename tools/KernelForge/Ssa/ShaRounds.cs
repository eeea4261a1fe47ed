using static MicroFirmware.KernelForge.Ssa.ShaConstants;

namespace MicroFirmware.KernelForge.Ssa;

/// <summary>
/// Emits rounds. Rotations of all four sigma functions come in one order (22, 2, 17, 13, 14, 11, 7), so that a
/// shift-amount register is set once for several of them:
/// <code>
/// Σ0(a) = a⋙22 ⊕ a⋙2 ⊕ a⋙13              Σ1(e) = (((e⋙13 ⊕ e)⋙14) ⊕ e)⋙11
/// σ1(x) = (x⋙2 ⊕ x)⋙17 ⊕ x≫10             σ0(x) = (x⋙11 ⊕ x)⋙7 ⊕ x≫3
/// </code>
/// Every second round takes a⋙22 last instead of first and so shares that amount with the next round.
/// </summary>
internal sealed class ShaRounds(SsaBuilder ssa)
{
    private bool _isLate;

    /// <summary>One round.</summary>
    /// <returns>The new state, and the schedule word (only whole if it is kept).</returns>
    public (RoundState State, Term Word) Round(RoundState s, RoundWord w)
    {
        _isLate = !_isLate;
        w = FoldKnown(w);
        var takes22Last = _isLate && ssa.Style == RotateStyle.ShiftAmountRegister && w.WantsA && !s.A.IsKnown;
        var sum0 = w.WantsA ? BeginSum0(s.A, takes22Last) : default;
        var word = AddTo(w.Sigma1Of is { } x1 ? Sigma1(x1) : null, w.Terms.Where(term => !term.IsKnown));
        if (w.WantsA)
        {
            sum0 = ssa.Xor(sum0, ssa.Rotate(s.A, 13));
        }

        var sum1 = ssa.Xor(ssa.Rotate(s.E, 13), s.E);
        Term aXorB = default;
        Term withMajority = default;
        if (w.WantsA && !takes22Last)
        {
            (aXorB, withMajority) = AddMajority(s, sum0);
        }

        sum1 = ssa.Rotate(ssa.Xor(ssa.Rotate(sum1, 14), s.E), 11);
        word = w.Sigma0Of is { } x0 ? AddTo(word, [Sigma0(x0)]) : word;
        if (takes22Last)
        {
            (aXorB, withMajority) = AddMajority(s, ssa.Xor(sum0, ssa.Rotate(s.A, 22)));
        }

        return Finish(s, w, word, sum1, aXorB, withMajority);
    }

    // A sigma of a known word is a known summand.
    private static RoundWord FoldKnown(RoundWord w)
    {
        List<Term> terms = [.. w.Terms];
        if (w.Sigma1Of is { IsKnown: true } x1)
        {
            terms.Add(SmallSigma1(x1.Known));
            w = w with { Sigma1Of = null };
        }

        if (w.Sigma0Of is { IsKnown: true } x0)
        {
            terms.Add(SmallSigma0(x0.Known));
            w = w with { Sigma0Of = null };
        }

        return w with { Terms = terms };
    }

    private (RoundState State, Term Word) Finish(
        RoundState s, RoundWord w, Term? word, Term sum1, Term aXorB, Term withMajority)
    {
        var constant = w.Constant;
        var known = w.Terms.Where(term => term.IsKnown).Aggregate(0u, (sum, term) => sum + term.Known);
        if (word is { } variable && w.IsKept)
        {
            word = ssa.Add(variable, known);
        }
        else
        {
            constant += known;
        }

        var choice = ssa.Xor(s.G, ssa.And(s.E, w.FxorG ?? ssa.Xor(s.F, s.G)));
        List<Term> terms = w.ReplacesH ? [sum1, choice] : [s.H, sum1, choice];
        terms.AddRange(new[] { word, w.Extra }.OfType<Term>());
        var t1 = ssa.Add([.. terms, constant]);
        var e = ssa.Add(s.D, t1);
        var a = w.WantsA ? ssa.Add(t1, withMajority) : default;
        return (new(a, s.A, s.B, s.C, e, s.E, s.F, s.G, w.WantsA ? aXorB : null), word ?? known);
    }

    private Term BeginSum0(Term a, bool takes22Last)
    {
        Term? first = takes22Last ? null : ssa.Rotate(a, 22);
        var second = ssa.Rotate(a, 2);
        return first is { } value ? ssa.Xor(value, second) : second;
    }

    // Σ0(a) + majority, with ((a ⊕ b) ∧ (b ⊕ c)) ⊕ b for the majority.
    private (Term AxorB, Term Sum) AddMajority(RoundState s, Term sum0)
    {
        var aXorB = ssa.Xor(s.A, s.B);
        var bXorC = s.BxorC ?? ssa.Xor(s.B, s.C);
        var majority = ssa.Xor(ssa.And(aXorB, bXorC), s.B);
        return (aXorB, ssa.Add(sum0, majority));
    }

    private Term Sigma1(Term x) =>
        ssa.Xor(ssa.Rotate(ssa.Xor(ssa.Rotate(x, 2), x), 17), ssa.ShiftRight(x, 10));

    private Term Sigma0(Term x) =>
        ssa.Xor(ssa.Rotate(ssa.Xor(ssa.Rotate(x, 11), x), 7), ssa.ShiftRight(x, 3));

    private Term? AddTo(Term? sum, IEnumerable<Term> terms)
    {
        foreach (var term in terms)
        {
            sum = sum is { } left ? ssa.Add(left, term) : term;
        }

        return sum;
    }
}
