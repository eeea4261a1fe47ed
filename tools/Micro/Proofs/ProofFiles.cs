using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MicroFirmware.Gateway.Proofs;

namespace MicroFirmware.Micro.Proofs;

/// <summary>Proofs and attestations as files: JSON, as the gateway's API takes and gives it.</summary>
internal static class ProofFiles
{
    private const string Authority =
        "ask the gateway for it once (GET /v1/authority), or copy authority.pem from its data directory";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads a proof.</summary>
    /// <exception cref="CommandFailure">It cannot be read, or is none.</exception>
    public static ProofRequest ReadProof(FileInfo file) => Read<ProofRequest>(file,
        "a proof is JSON: txid, position, branch and headers, as POST /v1/proofs takes it");

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="CommandFailure">It cannot be read, or is none.</exception>
    public static ProofAnswer ReadAnswer(FileInfo file)
    {
        ProofAnswer answer = Read<ProofAnswer>(file,
            "an attestation is what micro proof submit wrote, or what POST /v1/proofs answered");
        return answer.Attestation is not null ? answer : throw new CommandFailure(ExitCode.Configuration,
            $"{file} holds no attestation", "name the file that micro proof submit wrote");
    }

    /// <summary>Reads an authority's certificate.</summary>
    /// <exception cref="CommandFailure">It cannot be read, or is none.</exception>
    public static X509Certificate2 ReadAuthority(FileInfo file)
    {
        try
        {
            return X509Certificate2.CreateFromPem(File.ReadAllText(file.FullName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Unreachable, $"{file} cannot be read: {e.Message}", Authority, e);
        }
        catch (CryptographicException e)
        {
            throw new CommandFailure(ExitCode.Configuration, $"{file} is no certificate: {e.Message}", Authority, e);
        }
    }

    /// <summary>Makes sure, before anything is paid, that what will be answered can be written.</summary>
    /// <exception cref="CommandFailure">It cannot.</exception>
    public static void CheckWritable(FileInfo file) => Try(file, () =>
    {
        bool exists = File.Exists(file.FullName);
        new FileStream(file.FullName, exists ? FileMode.Open : FileMode.CreateNew, FileAccess.Write, FileShare.None, 1,
            exists ? FileOptions.None : FileOptions.DeleteOnClose).Dispose();
    });

    /// <summary>Writes what the gateway answered.</summary>
    /// <exception cref="CommandFailure">It cannot be written.</exception>
    public static void Write(FileInfo file, JsonElement answer) =>
        Try(file, () => File.WriteAllText(file.FullName, JsonSerializer.Serialize(answer, s_json) + "\n"));

    private static void Try(FileInfo file, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Unreachable, $"{file} cannot be written: {e.Message}",
                "name another file with --output", e);
        }
    }

    private static T Read<T>(FileInfo file, string advice)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(file.FullName), s_json)
                ?? throw new JsonException("it is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Unreachable, $"{file} cannot be read: {e.Message}", advice, e);
        }
        catch (JsonException e)
        {
            throw new CommandFailure(ExitCode.Configuration, $"{file} cannot be understood: {e.Message}", advice, e);
        }
    }
}
