using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MicroFirmware.Lightning.Backends;

/// <summary>
/// Connects only to a server that shows a certificate of a file, PEM, or one that such a certificate signed: nodes sign
/// their own. The file is read at each connection, because a node writes a new one when the old has expired.
/// </summary>
public static class PinnedCertificate
{
    /// <summary>A handler that trusts the file, and nobody else.</summary>
    /// <param name="file">The node's <c>tls.cert</c>, or its authority; empty for the system's authorities.</param>
    public static SocketsHttpHandler NewHandler(string file)
    {
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseCookies = false };
        if (file.Length > 0)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, errors) =>
                shown is X509Certificate2 certificate && IsTrusted(certificate, file, errors);
        }

        return handler;
    }

    private static bool IsTrusted(X509Certificate2 shown, string file, SslPolicyErrors errors)
    {
        X509Certificate2Collection trusted = [];
        try
        {
            trusted.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or CryptographicException or UnauthorizedAccessException)
        {
            return false;
        }

        // A pinned certificate is the node, whatever name it has; one that an authority signed must have the right one.
        if (trusted.Any(pinned => pinned.RawDataMemory.Span.SequenceEqual(shown.RawDataMemory.Span)))
        {
            return true;
        }

        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && chain.Build(shown);
    }
}
