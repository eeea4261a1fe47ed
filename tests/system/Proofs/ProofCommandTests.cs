using System.Text.Json.Nodes;
using MicroFirmware.Gateway.Proofs;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Micro;

namespace MicroFirmware.System.Tests.Proofs;

/// <summary><c>micro proof</c> as its user runs it: files, a gateway over TLS, boards with the firmware.</summary>
public sealed class ProofCommandTests : IAsyncLifetime
{
    private const int Boards = 5;
    private const int BalanceMsat = 5_000;
    private const int PriceMsat = 1_000;

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private Rig? _rig;
    private string? _token;

    private string Attestation => InFolder("attestation.json");

    private string Payment => InFolder("payment.json");

    public async Task InitializeAsync()
    {
        _rig = await Rig.StartAsync();
        _token = _rig.Gateway.NewOwnerToken!.Reveal();
        await _rig.Gateway.Room<Journal>().PostAsync(
            new Posting("gift", 1, "", [new Entry(Account.Operator, Account.Owner, BalanceMsat)]));
        await File.WriteAllTextAsync(InFolder("ca.pem"), _rig.Gateway.AuthorityPem);
        await File.WriteAllTextAsync(Payment, MainChainFile.Proof(0).ToJsonString());
    }

    public async Task DisposeAsync() => await _rig!.DisposeAsync();

    [Fact]
    public async Task Submitted_proof_is_paid_once_and_verifies_and_nothing_else_does()
    {
        await TrustedBoards.PowerOnAsync(_rig!, Boards);

        Assert.Equal((ExitCode.Success, ""), (await SubmitAsync(Payment), _error.ToString()));

        Assert.StartsWith($"valid: {Attestation}", _output.ToString());
        Assert.Equal(PriceMsat, PaidMsat);
        Assert.Equal((ExitCode.Success, ""), (await VerifyAsync(Attestation, Payment), _error.ToString()));
        Assert.Contains(MainChainFile.Proof(0)["txid"]!.GetValue<string>(), _output.ToString());
        Assert.Contains("here: signature, proof and every finding agree", _output.ToString());

        await RefuseEveryChangeAsync();

        string other = InFolder("other.json");
        await File.WriteAllTextAsync(other, MainChainFile.Proof(1).ToJsonString());
        Assert.Equal(ExitCode.NotProven, await VerifyAsync(Attestation, other));
        Assert.Contains("the attestation is of another proof", _error.ToString());
        await File.WriteAllTextAsync(other, """{"headers":["00"]}""");
        Assert.Equal(ExitCode.Configuration, await VerifyAsync(Attestation, other));
        Assert.Contains("other.json is no proof: 'headers' holds", _error.ToString());
    }

    [Fact]
    public async Task Proof_that_is_refused_costs_nothing_and_leaves_no_file()
    {
        string bad = InFolder("bad.json");
        await File.WriteAllTextAsync(bad, """{"headers":["00"]}""");

        Assert.Equal(ExitCode.Configuration, await SubmitAsync(bad));
        Assert.Contains("the gateway refused: bad-proof", _error.ToString());
        Assert.Equal(ExitCode.Unreachable, await SubmitAsync(Payment));
        Assert.Contains("the gateway refused: too-few-boards", _error.ToString());
        Assert.Equal(ExitCode.Unreachable, await SubmitAsync(Payment, "--output", InFolder("no/such/folder")));
        Assert.Contains("cannot be written", _error.ToString());

        Assert.Equal(BalanceMsat, MsatOf(Account.Owner.Name));
        Assert.False(File.Exists(Attestation));
    }

    [Fact]
    public async Task Proof_that_costs_more_than_it_may_is_not_bought()
    {
        await TrustedBoards.PowerOnAsync(_rig!, Boards);

        Assert.Equal(ExitCode.Configuration, await SubmitAsync(Payment, "--most", $"{PriceMsat - 1}"));

        Assert.Contains("the gateway refused", _error.ToString());
        Assert.Contains("next:", _error.ToString());
        Assert.Equal(0, PaidMsat);
        Assert.Equal(0, _rig!.Gateway.Room<ProofDesk>().Counts.Valid);
    }

    /// <summary>What boards have of it, and what is held: the owner's balance grows by blocks.</summary>
    private long PaidMsat => MsatOf(ProofFees.Held.Name)
        + Enumerable.Range(0, Boards).Sum(board => MsatOf($"device:board-{board}"));

    private long MsatOf(string account) => (long)(_rig!.Gateway.Room<Journal>().Find(account)?.Amount ?? 0);

    /// <summary>Every text in the file, changed at its last octet, where not every bit counts, and at others.</summary>
    private async Task RefuseEveryChangeAsync()
    {
        string whole = await File.ReadAllTextAsync(Attestation);
        JsonNode answer = JsonNode.Parse(whole)!;
        string changed = InFolder("changed.json");
        string[] texts = [answer["result"]!.GetValue<string>(),
            .. answer["attestation"]!.AsObject().Select(member => member.Value!.GetValue<string>())];
        Assert.Equal(4, texts.Length);
        foreach (string text in texts)
        {
            int start = whole.IndexOf($"\"{text}\"", StringComparison.Ordinal) + 1;
            for (int at = start + text.Length - 1; at >= start; at -= 23)
            {
                char next = char.IsAsciiLetterOrDigit((char)(whole[at] + 1)) ? (char)(whole[at] + 1) : 'A';
                await File.WriteAllTextAsync(changed, $"{whole[..at]}{next}{whole[(at + 1)..]}");
                Assert.True(ExitCode.NotProven == await VerifyAsync(changed, Payment), $"octet {at} of {whole}");
            }
        }
    }

    private string InFolder(string name) => Path.Combine(_rig!.Folder, name);

    private Task<ExitCode> SubmitAsync(string proof, params string[] options) => RunAsync(
        ["submit", proof, "--gateway", $"127.0.0.1:{_rig!.SecureAddress.HttpPort}", "--token", _token!,
            .. options.Contains("--output") ? options : [.. options, "--output", Attestation]]);

    private Task<ExitCode> VerifyAsync(string attestation, string proof) =>
        RunAsync(["verify", attestation, proof, "--ca", InFolder("ca.pem")]);

    private async Task<ExitCode> RunAsync(string[] arguments) => (ExitCode)await MicroCommandLine.RunAsync(
        ["proof", .. arguments], new Terminal(_output, _error, false, false));
}
