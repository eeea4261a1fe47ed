using static MicroFirmware.KernelForge.Ssa.ShaConstants;

namespace MicroFirmware.KernelForge.Ssa;

/// <summary>
/// The double SHA-256 of a header's last 16 octets in single-assignment form: one nonce, from the parameter block to
/// the test of the last digest word. Rounds 0..3 of the first hash and rounds 61..63 of the second need no operation.
/// </summary>
internal sealed class DoubleSha
{
    private readonly SsaBuilder _ssa;
    private readonly ShaRounds _rounds;

    private DoubleSha(RotateStyle style)
    {
        _ssa = new(style);
        _rounds = new(_ssa);
    }

    /// <summary>The program for a style of rotation, without operations that nothing needs.</summary>
    public static IReadOnlyList<Operation> Build(RotateStyle style)
    {
        var program = new DoubleSha(style);
        var digest = program.FirstHash(program.SwapOctets(program._ssa.NextNonce()));
        program._ssa.TestLowHalf(program.LastWordOfSecondHash(digest));
        return DeadCode.Remove(program._ssa.Operations);
    }

    // A nonce counts in the header's order; SHA-256 reads the other.
    private Term SwapOctets(Term nonce)
    {
        var one = _ssa.Rotate(nonce, 8);
        var other = _ssa.Rotate(nonce, 24);
        return _ssa.Xor(one, _ssa.And(_ssa.Xor(one, other), 0x00FF_00FF));
    }

    private Term[] FirstHash(Term nonce)
    {
        var state = AfterRoundSix(nonce);
        for (var round = 7; round < 16; round++)
        {
            (state, _) = _rounds.Round(state, new() { Constant = K[round] + (round == 15 ? HeaderBits : 0) });
        }

        var w = new Term[64];
        (w[16], w[17]) = (_ssa.Block(BlockWord.W16), _ssa.Block(BlockWord.W17));
        (state, _) = _rounds.Round(state, new() { Extra = _ssa.Block(BlockWord.KW16) });
        (state, _) = _rounds.Round(state, new() { Extra = _ssa.Block(BlockWord.KW17) });
        for (var round = 18; round < 64; round++)
        {
            (state, w[round]) = _rounds.Round(state, FirstHashWord(round, nonce, w));
        }

        Term[] end = [state.A, state.B, state.C, state.D, state.E, state.F, state.G, state.H];
        return [.. end.Select((word, i) => _ssa.Add(word, _ssa.Block(BlockWord.Midstate, i)))];
    }

    // Round 3 brings the nonce into a and e; rounds 4..6 still have nonce-free h, which is in H4..H6 with the
    // constants.
    private RoundState AfterRoundSix(Term nonce)
    {
        var a = _ssa.Add(_ssa.Block(BlockWord.A3), nonce);
        var e = _ssa.Add(_ssa.Block(BlockWord.E3), nonce);
        Term Block(BlockWord word) => _ssa.Block(word);
        RoundState state = new(
            a, Block(BlockWord.A2), Block(BlockWord.B2), Block(BlockWord.C2),
            e, Block(BlockWord.E2), Block(BlockWord.F2), 0, Block(BlockWord.AxorB));
        for (var i = 0; i < 3; i++)
        {
            var word = new RoundWord
            {
                Extra = _ssa.Block(BlockWord.H4, i),
                ReplacesH = true,
                FxorG = i == 0 ? Block(BlockWord.ExorF) : null,
            };
            (state, _) = _rounds.Round(state, word);
        }

        return state;
    }

    // Which summands of the schedule word are left when those of the padding (words 4..15) and of the header are known.
    private RoundWord FirstHashWord(int round, Term nonce, Term[] w)
    {
        var word = new RoundWord
        {
            Constant = K[round],
            IsKept = round < 62,
            Sigma1Of = round < 20 ? null : w[round - 2],
        };
        return round switch
        {
            18 => word with { Terms = [_ssa.Block(BlockWord.W18)], Sigma0Of = nonce },
            19 => word with { Terms = [_ssa.Block(BlockWord.W19), nonce] },
            20 => word with { Terms = [Padding] },
            21 => word,
            22 => word with { Terms = [HeaderBits] },
            < 30 => word with { Terms = [w[round - 7]] },
            30 => word with { Terms = [SmallSigma0(HeaderBits), w[23]] },
            31 => word with { Terms = [_ssa.Block(BlockWord.W31), w[24]] },
            32 => word with { Terms = [_ssa.Block(BlockWord.W32), w[25]] },
            _ => word with { Terms = [w[round - 16], w[round - 7]], Sigma0Of = w[round - 15] },
        };
    }

    // The last digest word is the e of round 60; its four rounds before need no a.
    private Term LastWordOfSecondHash(Term[] digest)
    {
        Term[] w = [.. digest, Padding, 0, 0, 0, 0, 0, 0, DigestBits, .. new Term[48]];
        var iv = InitialState;
        var state = new RoundState(iv[0], iv[1], iv[2], iv[3], iv[4], iv[5], iv[6], iv[7]);
        for (var round = 0; round <= 60; round++)
        {
            var word = new RoundWord
            {
                Constant = K[round] + (round == 60 ? iv[7] : 0),
                Terms = round < 16 ? [w[round]] : [w[round - 16], w[round - 7]],
                Sigma1Of = round < 16 ? null : w[round - 2],
                Sigma0Of = round < 16 ? null : w[round - 15],
                IsKept = round is >= 16 and < 59,
                WantsA = round < 57,
            };
            var (next, scheduled) = _rounds.Round(state, word);
            state = next;
            w[round] = round < 16 ? w[round] : scheduled;
        }

        return state.E;
    }
}
