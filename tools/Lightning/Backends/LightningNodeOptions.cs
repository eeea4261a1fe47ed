namespace MicroFirmware.Lightning.Backends;

/// <summary>Which node pays, and how it is reached. Secrets are in files only, never among the settings.</summary>
public sealed record LightningNodeOptions
{
    /// <summary><c>electrum</c>, <c>lnd</c>, <c>corelightning</c>, <c>lnbits</c> or <c>phoenixd</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Where it answers: https, or http on this machine.</summary>
    public string Url { get; init; } = "";

    /// <summary>What lets one in: LND's macaroon file as it is, a file with a rune (Core Lightning), an admin key
    /// (LNbits) or a password (phoenixd), or <c>user:password</c> (Electrum).</summary>
    public string CredentialFile { get; init; } = "";

    /// <summary>The certificate that the node must show, PEM: LND's <c>tls.cert</c>. Default: the system's authorities
    /// decide.</summary>
    public string CertificateFile { get; init; } = "";

    /// <summary>The kind; null for a word that is none.</summary>
    public LightningNodeKind? ParsedKind =>
        Kind.All(char.IsAsciiLetter) && Enum.TryParse(Kind, ignoreCase: true, out LightningNodeKind kind) ? kind : null;
}
