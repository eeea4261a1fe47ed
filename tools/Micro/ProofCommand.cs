using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using MicroFirmware.Gateway.Proofs;
using MicroFirmware.Gateway.Trust;
using MicroFirmware.Micro.Owner;
using MicroFirmware.Micro.Proofs;

namespace MicroFirmware.Micro;

/// <summary><c>micro proof</c>: has boards check that a transaction is in a block, and checks what they attest.
/// </summary>
internal static class ProofCommand
{
    private const string Path = "/v1/proofs";
    private const string Payee = "proofs:held";

    // Longer than any Proofs:Timeout: what has been paid for is waited for.
    private static readonly TimeSpan s_decisionTimeout = TimeSpan.FromMinutes(11);

    private static readonly Argument<FileInfo> s_proof = new("proof")
    {
        Description = "JSON: txid, position, branch, headers, and transaction if it shall be looked at.",
    };

    private static readonly Argument<FileInfo> s_attestation = new("attestation")
    {
        Description = "What micro proof submit wrote.",
    };

    private static readonly Option<FileInfo> s_output = new("--output", "-o")
    {
        Description = "Where the attestation goes.",
        HelpName = "file",
        DefaultValueFactory = _ => new FileInfo("attestation.json"),
    };

    private static readonly Option<FileInfo> s_authority = new("--ca")
    {
        Description = "The certificate of the gateway's authority, PEM.",
        HelpName = "file",
        DefaultValueFactory = _ => new FileInfo("authority.pem"),
    };

    private static readonly Option<long> s_most = new("--most")
    {
        Description = "The most that it may cost, in thousandths of a satoshi; it is paid from the owner's balance.",
        HelpName = "msat",
        DefaultValueFactory = _ => 1_000,
    };

    private static readonly Option<string?> s_gateway = OwnerOptions.CreateGateway();
    private static readonly Option<AccessCode?> s_token = OwnerOptions.CreateToken();
    private static readonly Option<bool> s_plain = OwnerOptions.CreatePlain();

    /// <summary>The command for the given terminal.</summary>
    public static Command Create(Terminal terminal) => new ExampledCommand("proof",
        "Has several boards check that a transaction is in a block and that the block was worked for, and keeps what "
        + "they attest. Anybody who has the gateway's certificate can check that later, without a network.",
        new CommandExample("proof submit payment.json --gateway 192.168.1.20", "writes attestation.json"),
        new CommandExample("proof verify attestation.json payment.json --ca authority.pem", "checks all of it again"))
    {
        CreateSubmit(terminal), CreateVerify(terminal),
    };

    private static ExampledCommand CreateSubmit(Terminal terminal)
    {
        var command = new ExampledCommand("submit", "Sends a proof, and pays for it with the owner's balance.",
            new CommandExample("proof submit payment.json --most 500", "not if it costs more than half a satoshi"))
        {
            s_proof, s_gateway, s_token, s_plain, s_most, s_output,
        };
        command.SetAction(async (parsed, stop) =>
        {
            ProofRequest proof = ProofFiles.ReadProof(parsed.GetValue(s_proof)!);
            AccessCode token = parsed.GetValue(s_token) ?? throw new CommandFailure(ExitCode.Configuration,
                "the gateway's owner token is missing", "give --token, or MICRO_TOKEN in the environment");
            GatewayEndpoint gateway = OwnerOptions.Read(parsed.GetValue(s_gateway), parsed.GetValue(s_plain));
            FileInfo output = parsed.GetValue(s_output)!;
            ProofFiles.CheckWritable(output);
            using OwnerClient owner = await OwnerClient.ConnectAsync(gateway, token, stop, s_decisionTimeout);
            JsonElement answer = await owner.PayAsync(Path, proof, Sign(token, parsed.GetValue(s_most)), stop);
            ProofFiles.Write(output, answer);
            terminal.Output.WriteLine($"{answer.GetProperty("result").GetString()}: {output}");
            terminal.Output.WriteLine(
                $"next:  micro proof verify {output} {parsed.GetValue(s_proof)} --ca authority.pem");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static ExampledCommand CreateVerify(Terminal terminal)
    {
        var command = new ExampledCommand("verify",
            "Checks an attestation: the gateway's signature, that it is of this proof, and the proof itself once more.",
            new CommandExample("proof verify attestation.json payment.json", "needs authority.pem and no network"))
        {
            s_attestation, s_proof, s_authority,
        };
        command.SetAction(parsed =>
        {
            using X509Certificate2 authority = ProofFiles.ReadAuthority(parsed.GetValue(s_authority)!);
            ProofAnswer answer = ProofFiles.ReadAnswer(parsed.GetValue(s_attestation)!);
            FileInfo file = parsed.GetValue(s_proof)!;
            ProofRequest request = ProofFiles.ReadProof(file);
            string? mistake = answer.Attestation.Verify(authority, out AttestationContent? content);
            mistake ??= answer.Result == content!.Result ? null : "the result in the file is not the attested one";
            mistake ??= content!.Compare(ToProof(request, content, file));
            if (mistake is not null)
            {
                throw new CommandFailure(ExitCode.NotProven, mistake, "ask for the attestation and the proof anew");
            }

            Show(terminal.Output, content!);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static TransactionProof ToProof(ProofRequest request, AttestationContent content, FileInfo file) =>
        request.Read(LimitOf(content), out TransactionProof? proof) is { } mistake
            ? throw new CommandFailure(ExitCode.Configuration, $"{file} is no proof: {mistake}",
                "name the file that was given to micro proof submit")
            : proof!;

    private static void Show(TextWriter output, AttestationContent content)
    {
        output.WriteLine(content.Txid is null
            ? $"{content.Result}: {content.Headers} headers, {content.Block} to {content.Tip}"
            : $"{content.Result}: {content.Txid} in block {content.Block}, {content.Headers - 1} more on top");
        output.WriteLine($"boards: {string.Join(", ", content.Boards.Select(board => board.Device))}");
        output.WriteLine($"gateway: signed {DateTimeOffset.FromUnixTimeSeconds(content.Iat):u}, "
            + (content.Audited ? "and found the same" : "without a check of its own"));
        output.WriteLine("here: signature, proof and every finding agree");
    }

    private static uint LimitOf(AttestationContent content) => uint.TryParse(content.GreatestTarget,
        System.Globalization.NumberStyles.AllowHexSpecifier, null, out uint bits) ? bits : 0;

    /// <summary>The owner's payments are numbered by the time, so that nothing has to be kept.</summary>
    private static string Sign(AccessCode token, long most)
    {
        byte[] key = HMACSHA256.HashData(SHA256.HashData(Encoding.UTF8.GetBytes(token.Secret)), "payment"u8);
        ulong counter = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return Protocol.PaymentCredential.Create(
            Protocol.PaymentCredential.Owner, counter, (ulong)Math.Max(0, most), Payee, "POST", Path, key).ToHttp();
    }
}
