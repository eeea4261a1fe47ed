using System.Text;

namespace MicroFirmware.Lightning.Backends;

/// <summary>Makes nodes of settings.</summary>
public static class LightningNodes
{
    private const int MaxCredential = 64 * 1024;

    // LND writes its macaroons as octets, version 2: this is the first.
    private const byte MacaroonVersion = 2;

    /// <summary>Reads the credential and prepares the node; connects to nothing yet.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="node">The node; null where there is a problem.</param>
    /// <param name="problem">What is wrong, which setting, and what to do; empty where nothing is.</param>
    /// <returns>Whether there is a node.</returns>
    public static bool TryOpen(LightningNodeOptions options, out ILightningNode? node, out string problem)
    {
        node = null;
        problem = ProblemOf(options);
        if (problem.Length > 0 || !TryReadSecret(options, out string secret, out problem))
        {
            return false;
        }

        NodeAccess access = new(new Uri(options.Url), secret);
        HttpMessageHandler handler = PinnedCertificate.NewHandler(options.CertificateFile);
        node = options.ParsedKind switch
        {
            LightningNodeKind.Lnd => new LndBackend(access, handler),
            LightningNodeKind.CoreLightning => new CoreLightningBackend(access, handler),
            LightningNodeKind.Lnbits => new LnbitsBackend(access, handler),
            LightningNodeKind.Phoenixd => new PhoenixdBackend(access, handler),
            _ => new ElectrumBackend(ElectrumOf(access), handler),
        };
        return true;
    }

    /// <summary>What is wrong with settings, without a look at the files; empty where nothing is.</summary>
    public static string ProblemOf(LightningNodeOptions options)
    {
        bool isUrl = Uri.TryCreate(options.Url, UriKind.Absolute, out Uri? url);
        return options.ParsedKind is null
                ? $"Kind '{Line.Of(options.Kind)}' is none: write electrum, lnd, corelightning, lnbits or phoenixd."
            : !isUrl || url!.Scheme is not ("http" or "https") || url.UserInfo.Length > 0 || url.Query.Length > 0
                ? "Url is not where a node answers: write it like https://127.0.0.1:8080, without a password."
            : url.Scheme == "http" && !url.IsLoopback
                ? $"Url would send the credential to {url.Host} in the clear: write https."
            : url.Scheme == "http" && options.CertificateFile.Length > 0
                ? "CertificateFile is for https: change the Url's http to https, or leave the file out."
            : options.CredentialFile.Length == 0
                ? "CredentialFile is missing: name the file with the node's macaroon, rune, key or password."
            : "";
    }

    private static bool TryReadSecret(LightningNodeOptions options, out string secret, out string problem)
    {
        (secret, problem) = ("", "");
        byte[] octets;
        try
        {
            octets = new FileInfo(options.CredentialFile).Length <= MaxCredential
                ? File.ReadAllBytes(options.CredentialFile)
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = $"CredentialFile cannot be read: {Line.Of(e.Message)}";
            return false;
        }

        bool isMacaroon = options.ParsedKind == LightningNodeKind.Lnd && octets is [MacaroonVersion, ..];
        secret = isMacaroon ? Convert.ToHexStringLower(octets) : Encoding.UTF8.GetString(octets).Trim();
        if (secret.Length == 0 || secret.Any(c => c is <= ' ' or > '~')
            || (options.ParsedKind == LightningNodeKind.Electrum && !secret.Contains(':')))
        {
            (secret, problem) = ("", $"CredentialFile {options.CredentialFile} holds no credential of {options.Kind}: "
                + (options.ParsedKind == LightningNodeKind.Electrum
                    ? "write user:password in one line."
                    : "it is one word in one line, or LND's macaroon file as it is."));
        }

        return secret.Length > 0;
    }

    private static ElectrumOptions ElectrumOf(NodeAccess access)
    {
        int colon = access.Secret.IndexOf(':');
        return new ElectrumOptions(access.Url, access.Secret[..colon], access.Secret[(colon + 1)..]);
    }
}
