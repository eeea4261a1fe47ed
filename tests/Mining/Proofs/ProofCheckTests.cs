using MicroFirmware.Protocol;

namespace MicroFirmware.Mining.Tests.Proofs;

/// <summary>What a board finds out about a proof.</summary>
public class ProofCheckTests
{
    private static readonly byte[] s_txid = [.. Enumerable.Repeat((byte)0x11, 32)];
    private static readonly byte[] s_other = [.. Enumerable.Repeat((byte)0x22, 32)];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, ProofVector.Count)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Proof_of_the_main_chain_is_valid_a_hash_a_step(int number)
    {
        ProofTask task = ProofVector.MainChain()[number];
        ProofCheck check = new(task);
        int steps = 0;
        do
        {
            steps++;
        }
        while (!check.Step());

        Assert.Equal(FindingCode.Valid, check.Code);
        Assert.Equal(task.Levels + task.Headers, steps);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Proof_with_any_bit_flipped_is_wrong(int number)
    {
        ProofTask task = ProofVector.MainChain()[number];
        for (int bit = task.HasTransaction ? 0 : 8 * ProofTask.HashLength; bit < task.Body.Length * 8; bit++)
        {
            task.Body[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(FindingCode.Valid, Check(task).Code);
            task.Body[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (int bit = 0; task.HasTransaction && bit < 32; bit++)
        {
            task.Place ^= 1u << bit;
            Assert.NotEqual(FindingCode.Valid, Check(task).Code);
            task.Place ^= 1u << bit;
        }
    }

    [Fact]
    public void Trace_is_all_hashes_combined()
    {
        ProofTask task = ProofVector.MainChain()[0];
        byte[] hash = task.Body[..32];
        byte[] trace = new byte[32];
        for (int level = 0; level < task.Levels; level++)
        {
            byte[] other = task.Body[ProofTask.AtLevel(level)..ProofTask.AtLevel(level + 1)];
            bool isRight = ((task.Place >> level) & 1) == 1;
            hash = ProofVector.HashTwice(isRight ? [.. other, .. hash] : [.. hash, .. other]);
            Add(trace, hash);
        }

        for (int i = 0; i < task.Headers; i++)
        {
            Add(trace, ProofVector.HashTwice(task.Body.AsSpan(task.AtHeader(i), 80)));
        }

        Assert.Equal(trace, Check(task).Trace);
    }

    [Fact]
    public void Place_that_needs_more_levels_is_none()
    {
        AssertFinding(FindingCode.NoSuchPlace, 1, InTreeOfTwo(place: 2));
        AssertFinding(FindingCode.NoSuchPlace, 0,
            ProofVector.Make(s_txid, 1, [], ProofVector.Mine(s_txid, ProofVector.EasyBits), ProofVector.EasyBits));
    }

    [Fact]
    public void Copy_that_an_odd_level_adds_is_no_leaf_but_what_it_copies_is()
    {
        byte[] root = ProofVector.HashTwice([.. s_txid, .. s_txid]);
        byte[][] headers = ProofVector.Mine(root, ProofVector.EasyBits);

        AssertFinding(FindingCode.Valid, 0, ProofVector.Make(s_txid, 0, [s_txid], headers, ProofVector.EasyBits));
        AssertFinding(FindingCode.Repeated, 0, ProofVector.Make(s_txid, 1, [s_txid], headers, ProofVector.EasyBits));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public void Payment_below_a_transaction_of_64_octets_is_hidden(int script)
    {
        byte[] fake = new byte[64];
        fake[4] = 1;
        fake[41] = (byte)script;
        fake[46 + script] = 1;
        fake[55 + script] = (byte)(4 - script);
        byte[][] headers = ProofVector.Mine(ProofVector.HashTwice(fake), ProofVector.EasyBits);

        AssertFinding(FindingCode.HiddenTransaction, 0,
            ProofVector.Make(fake[32..], 1, [fake[..32]], headers, ProofVector.EasyBits));
        AssertFinding(FindingCode.HiddenTransaction, 0,
            ProofVector.Make(fake[..32], 0, [fake[32..]], headers, ProofVector.EasyBits));
    }

    [Fact]
    public void Branch_that_leads_elsewhere_is_not_in_the_block() =>
        AssertFinding(FindingCode.NotInBlock, 1, ProofVector.Make(
            s_txid, 1, [s_other], ProofVector.Mine(s_txid, ProofVector.EasyBits), ProofVector.EasyBits));

    [Theory]
    [InlineData(0x207fffffu, 0x207ffffeu)]
    [InlineData(0x1d00ffffu, 0x1d00fffeu)]
    [InlineData(0x207fffffu, 0x04800000u)]
    public void Target_above_the_greatest_is_bad(uint bits, uint limit) => AssertFinding(FindingCode.BadTarget, 0,
        ProofVector.Make(null, 0, [], bits == ProofVector.EasyBits
            ? ProofVector.Mine(s_txid, bits)
            : [MainnetHeader.At(1).Octets], limit));

    [Fact]
    public void Target_of_zero_is_bad()
    {
        byte[][] headers = ProofVector.Mine(s_txid, ProofVector.EasyBits);
        LittleEndian.WriteUInt32(headers[0], 72, 0x20000000);

        AssertFinding(
            FindingCode.BadTarget, 0, ProofVector.Make(null, 0, [], headers, ProofVector.EasyBits));
    }

    [Fact]
    public void Header_left_out_breaks_the_chain()
    {
        byte[][] headers = ProofVector.Mine(s_txid, [.. Enumerable.Repeat(ProofVector.EasyBits, 4)]);

        AssertFinding(FindingCode.Valid, 0, ProofVector.Make(null, 0, [], headers, ProofVector.EasyBits));
        AssertFinding(FindingCode.BrokenChain, 2, ProofVector.Make(
            null, 0, [], [headers[0], headers[1], headers[3]], ProofVector.EasyBits));
    }

    [Theory]
    [InlineData(FindingCode.Valid, 0, 0x207fffffu, 0x207fffffu, 0x202fffffu)]
    [InlineData(FindingCode.TargetJumps, 1, 0x207fffffu, 0x200fffffu, 0x200fffffu)]
    [InlineData(FindingCode.TargetJumps, 1, 0x200fffffu, 0x207fffffu, 0x207fffffu)]
    [InlineData(FindingCode.TargetJumps, 2, 0x207fffffu, 0x203fffffu, 0x207fffffu)]
    public void Target_changes_once_and_not_by_much(FindingCode expected, int where, uint a, uint b, uint c) =>
        AssertFinding(expected, where, ProofVector.Make(
            null, 0, [], ProofVector.Mine(s_txid, a, b, c), ProofVector.EasyBits));

    [Fact]
    public void Header_without_the_work_it_claims_has_none()
    {
        byte[] header = [.. MainnetHeader.At(170).Octets];
        header[76] ^= 1;

        AssertFinding(
            FindingCode.NoWork, 0, ProofVector.Make(null, 0, [], [header], ProofVector.MainLimit));
    }

    // The first two are blocks 32256 and 34272; then a quarter and four times, as rounded, and one step beyond.
    [Theory]
    [InlineData(0x1d00ffffu, 0x1d00d86au, true)]
    [InlineData(0x1d00d86au, 0x1d00c428u, true)]
    [InlineData(0x1d00ffffu, 0x1c3fffc0u, true)]
    [InlineData(0x1d00ffffu, 0x1c3fffbfu, false)]
    [InlineData(0x1c3fffc0u, 0x1d00ffffu, true)]
    [InlineData(0x1c3fffbfu, 0x1d00ffffu, false)]
    [InlineData(0x1b7fffffu, 0x1c01ffffu, true)]
    [InlineData(0x1b7fffffu, 0x1c020000u, false)]
    [InlineData(0x1b7fffffu, 0x1d01ffffu, false)]
    [InlineData(0x1d00ffffu, 0x1b3fffc0u, false)]
    public void Target_change_is_possible_up_to_a_factor_of_four(uint before, uint after, bool expected) =>
        Assert.Equal(expected, TargetChange.IsPossible(before, after));

    private static ProofTask InTreeOfTwo(uint place) => ProofVector.Make(s_txid, place, [s_other],
        ProofVector.Mine(ProofVector.HashTwice([.. s_txid, .. s_other]), ProofVector.EasyBits), ProofVector.EasyBits);

    private static void AssertFinding(FindingCode code, int where, ProofTask task)
    {
        ProofCheck check = Check(task);
        Assert.Equal((code, where), (check.Code, check.Where));
    }

    private static ProofCheck Check(ProofTask task)
    {
        ProofCheck check = new(task);
        while (!check.Step())
        {
        }

        return check;
    }

    private static void Add(byte[] trace, byte[] hash)
    {
        for (int i = 0; i < trace.Length; i++)
        {
            trace[i] ^= hash[i];
        }
    }
}
