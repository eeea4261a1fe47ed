using System.Text;

namespace MicroFirmware.Mining.Tests;

/// <summary>
/// Writes <c>firmware/Mining/Scanning/UnrolledKernel.cs</c>. It follows the double SHA-256 of a header with every value
/// either known now (folded into a constant), known per header (an input) or a local of the kernel.
/// </summary>
internal sealed class UnrolledKernelSource
{
    private const int LastRound = 60;

    private const string Before = """
        // Size-exempt: unrolled; written by UnrolledKernelSource in tests/Mining, which tests that it is unchanged.

        namespace MicroFirmware.Mining
        {
            /// <summary>
            /// The double SHA-256 of a header without a loop, an array or a call, and without what the last word of the digest
            /// does not need.
            /// </summary>
            /// <remarks>
            /// On the chip every IL instruction costs about the same, whether its operands have 32 or 64 bits. So a word
            /// that will be rotated is kept doubled, its 32 bits in both halves of a ulong (that is the multiplication by
            /// m): a rotation is then one shift, and a shift by n a shift by 32 + n. Only the lower half of any sum
            /// counts; constants are written doubled because a literal below 2^32 would cost a conversion.
            /// </remarks>
            internal static class UnrolledKernel
            {
                /// <summary>Hashes up to a nonce whose digest's last word has none of the mask's bits.</summary>
                /// <param name="input">See <see cref="UnrolledInput"/>.</param>
                /// <param name="nonce">The first nonce.</param>
                /// <param name="count">How many.</param>
                /// <param name="mask">Bits of the digest's last word, as SHA-256 has it.</param>
                /// <returns>How many nonces came before the one found; the count when none was.</returns>
                internal static uint Scan(ulong[] input, uint nonce, uint count, uint mask)
                {
                    // Not constants: as locals they cost one short instruction at each use.
                    ulong m = 0x100000001;
        DECLARATIONS
                    uint word = BigEndian.Swap(nonce);
                    uint done = 0;
                    while (done < count)
                    {

        """;

    private const string After = """
                        if ((z & mask) == 0)
                        {
                            input[UnrolledInput.Digest] = z;
                            return done;
                        }

                        done++;
                        word += 0x01000000;
                        if (word < 0x01000000)
                        {
                            word = BigEndian.Swap(nonce + done);
                        }
                    }

                    return count;
                }
            }
        }

        """;

    private readonly StringBuilder _text = new();
    private readonly KernelValue[] _words = new KernelValue[64];
    private KernelValue[] _a = [];
    private KernelValue[] _e = [];
    private bool _isFirstHash = true;

    /// <summary>The whole file.</summary>
    public static string Write() => new UnrolledKernelSource().File();

    private string File()
    {
        FirstHash();
        SecondHash();
        return Before.Replace("DECLARATIONS\n", Declarations(), StringComparison.Ordinal) + _text + After;
    }

    private static string Declarations()
    {
        (string Name, string Input)[] inputs =
        [
            .. Enumerable.Range(0, 8).Select(i => ($"mid{i}", $"Midstate + {i}")),
            .. "abc".Select((c, i) => ($"s{c}", $"A + {i}")),
            .. "efg".Select((c, i) => ($"s{c}", $"E + {i}")),
            .. "NewA NewE Round16 Round17 Word18 Word19 Word23 Word24 Word31 Word32".Split(' ')
                .Select(name => (char.ToLowerInvariant(name[0]) + name[1..], name)),
        ];
        string[] locals =
        [
            "a0, a1, a2, a3, e0, e1, e2, e3, t",
            "x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15",
        ];
        return string.Concat(inputs.Select(i => $"            ulong {i.Name} = input[UnrolledInput.{i.Input}];\n"))
            + string.Concat(locals.Select(names => $"            ulong {names};\n"));
    }

    private void FirstHash()
    {
        Comment("First hash: the second block of the header. Rounds 0 to 2 do not depend on the nonce.");
        _a = [new("sa"), new("sb"), new("sc"), KernelValue.None];
        _e = [new("se"), new("sf"), new("sg"), KernelValue.None];
        for (int t = 0; t < 16; t++)
        {
            _words[t] = t switch { 3 => new("x3"), 4 => 0x80000000, 15 => 640, _ => 0u };
        }

        Line("x3 = word * m;");
        Shift(_e, new("e3"));
        Shift(_a, new("a3"));
        Line("e3 = (uint)(newE + x3) * m;");
        Line("a3 = (uint)(newA + x3) * m;");
        for (int t = 4; t < 64; t++)
        {
            if (t >= 16)
            {
                FirstHashWord(t);
            }

            KernelValue input = t switch { 16 => new("round16"), 17 => new("round17"), _ => KernelValue.None };
            Round(t, input, makesA: true, isSigmaInput: t != 63);
        }
    }

    // Where a word mixes in what is known per header, that part comes as an input.
    private void FirstHashWord(int t)
    {
        switch (t)
        {
            case 16: _words[t] = new("word23"); break;
            case 17: _words[t] = new("word24"); break;
            case 18: Word(t, Sigma0(3), new("word18")); break;
            case 19: Word(t, _words[3], new("word19")); break;
            case 31: Word(t, Sigma1(29), _words[24], new("word31")); break;
            case 32: Word(t, Sigma1(30), _words[25], new("word32")); break;
            default: Word(t, Sigma1(t - 2), _words[t - 7], Sigma0(t - 15), _words[t - 16]); break;
        }
    }

    private void SecondHash()
    {
        Comment("Second hash: of the first one's digest.");
        _isFirstHash = false;
        KernelValue[] digest = [.. _a, .. _e];
        for (int t = 0; t < 16; t++)
        {
            _words[t] = t switch { 8 => 0x80000000, 15 => 256, _ => 0u };
        }

        for (int t = 0; t < 8; t++)
        {
            Word(t, new($"mid{t}"), digest[t]);
        }

        _a = [.. Sha256.InitialState.Take(4).Select(v => (KernelValue)v)];
        _e = [.. Sha256.InitialState.Skip(4).Select(v => (KernelValue)v)];
        for (int t = 0; t < LastRound; t++)
        {
            if (t >= 16)
            {
                Word(t, Sigma1(t - 2), _words[t - 7], Sigma0(t - 15), _words[t - 16]);
            }

            Round(t, KernelValue.None, makesA: t <= LastRound - 4, isSigmaInput: true);
        }

        Word(LastRound, Sigma1(58), _words[53], Sigma0(45), _words[44]);
        Comment("Round 60 makes the digest's last word; the rounds after it do not change that word.");
        KernelValue constant = Sha256.RoundConstants[LastRound] + Sha256.InitialState[7];
        KernelValue sigma = BigSigma(_e[0], 6, 11, 25);
        Line($"uint z = (uint)({Sum(_a[3], _e[3], sigma, Choose(), _words[LastRound], constant)});");
    }

    private void Round(int t, KernelValue roundInput, bool makesA, bool isSigmaInput)
    {
        KernelValue sigma = BigSigma(_e[0], 6, 11, 25);
        KernelValue[] terms = roundInput.IsNone
            ? [_e[3], sigma, Choose(), _words[t], Sha256.RoundConstants[t]]
            : [_e[3], sigma, Choose(), roundInput];
        if (!sigma.IsConstant)
        {
            Line($"t = {Sum(terms)};");
            terms = [new("t")];
        }

        string sumE = Sum([_a[3], .. terms]);
        string sumA = Sum([.. terms, BigSigma(_a[0], 2, 13, 22), Majority()]);
        KernelValue newA = makesA ? new KernelValue($"a{t % 4}") : KernelValue.None;
        KernelValue newE = new($"e{t % 4}");
        Line(isSigmaInput ? $"{newE} = (uint)({sumE}) * m;" : $"{newE} = {sumE};");
        if (makesA)
        {
            Line(isSigmaInput ? $"{newA} = (uint)({sumA}) * m;" : $"{newA} = {sumA};");
        }

        Shift(_a, newA);
        Shift(_e, newE);
    }

    private void Word(int t, params KernelValue[] terms)
    {
        bool isSigmaInput = _isFirstHash ? t <= 61 : t != 0 && t <= LastRound - 2;
        bool isUsedOnce = t > LastRound - 2 && !isSigmaInput;
        if (isUsedOnce)
        {
            _words[t] = new(Sum(terms));
            return;
        }

        KernelValue word = new($"x{t % 16}");
        Line(isSigmaInput ? $"{word} = (uint)({Sum(terms)}) * m;" : $"{word} = {Sum(terms)};");
        _words[t] = word;
    }

    private KernelValue Sigma0(int t) => SmallSigma(t, 7, 18, 3, Sha256.SmallSigma0);

    private KernelValue Sigma1(int t) => SmallSigma(t, 17, 19, 10, Sha256.SmallSigma1);

    private KernelValue SmallSigma(int t, int rotate1, int rotate2, int shift, Func<uint, uint> known)
    {
        KernelValue word = _words[t];
        return word.IsConstant
            ? known(word.Number)
            : new KernelValue($"(({word} >> {rotate1}) ^ ({word} >> {rotate2}) ^ ({word} >> {32 + shift}))");
    }

    private static KernelValue BigSigma(KernelValue v, int r1, int r2, int r3) => v.IsConstant
        ? uint.RotateRight(v.Number, r1) ^ uint.RotateRight(v.Number, r2) ^ uint.RotateRight(v.Number, r3)
        : new KernelValue($"(({v.Text} >> {r1}) ^ ({v.Text} >> {r2}) ^ ({v.Text} >> {r3}))");

    private KernelValue Choose()
    {
        (KernelValue e, KernelValue f, KernelValue g) = (_e[0], _e[1], _e[2]);
        return e.IsConstant && f.IsConstant && g.IsConstant
            ? ((f.Number ^ g.Number) & e.Number) ^ g.Number
            : new KernelValue($"(({Xor(f, g)} & {e}) ^ {g})");
    }

    private KernelValue Majority()
    {
        (KernelValue a, KernelValue b, KernelValue c) = (_a[0], _a[1], _a[2]);
        return a.IsConstant && b.IsConstant && c.IsConstant
            ? (a.Number & b.Number) ^ (a.Number & c.Number) ^ (b.Number & c.Number)
            : b.IsConstant && c.IsConstant
            ? new KernelValue($"(({a} & {Xor(b, c)}) ^ {(KernelValue)(b.Number & c.Number)})")
            : new KernelValue($"((({a} ^ {b}) & {Xor(b, c)}) ^ {b})");
    }

    private static string Xor(KernelValue f, KernelValue g) =>
        f.IsConstant && g.IsConstant ? ((KernelValue)(f.Number ^ g.Number)).ToString() : $"({f} ^ {g})";

    private static string Sum(params KernelValue[] terms)
    {
        uint constant = 0;
        List<string> variable = [];
        foreach (KernelValue term in terms)
        {
            if (term.IsConstant)
            {
                constant += term.Number;
            }
            else if (!term.IsNone)
            {
                variable.Add(term.Text);
            }
        }

        return string.Join(" + ", constant == 0 ? variable : [.. variable, ((KernelValue)constant).ToString()]);
    }

    private static void Shift(KernelValue[] state, KernelValue newest)
    {
        Array.Copy(state, 0, state, 1, 3);
        state[0] = newest;
    }

    private void Comment(string text)
    {
        _text.Append(_text.Length == 0 ? "" : "\n");
        Line("// " + text);
    }

    private void Line(string text) => _text.Append("                ").Append(text).Append('\n');
}
