using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Gateway.Configuration;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Trust;

/// <summary>
/// How MQTT and Stratum are served over TLS, decided anew at each handshake: with the owner's certificate where there
/// is one, and else one of the gateway's own authority; and whose certificates boards have to show, if any. A file that
/// is replaced counts without a restart, from the next handshake on.
/// </summary>
internal sealed class DoorTls : IDisposable
{
    private readonly ServerIdentity _own;
    private readonly WatchedFiles<SslStreamCertificateContext>? _identity;
    private readonly WatchedFiles<ClientAuthorities>? _authorities;

    public DoorTls(MqttOptions options, ServerIdentity own, TimeProvider time, ILogger<DoorTls> log)
    {
        _own = own;
        if (options.CertificateFile.Length > 0)
        {
            _identity = new([options.CertificateFile, options.CertificateKeyFile], () => Load(options), time, log);
        }

        if (options.ClientAuthorityFile.Length > 0)
        {
            string file = options.ClientAuthorityFile;
            _authorities = new([file], () => ClientAuthorities.Load(file), time, log);
        }
    }

    /// <summary>For a handshake with a Stratum miner: none of them has a certificate.</summary>
    public SslServerAuthenticationOptions ForMiners() => _identity is null
        ? new SslServerAuthenticationOptions { ServerCertificate = _own.Current }
        : new SslServerAuthenticationOptions { ServerCertificateContext = _identity.Current };

    /// <summary>For a handshake with a board.</summary>
    public SslServerAuthenticationOptions ForBoards()
    {
        SslServerAuthenticationOptions options = ForMiners();
        if (_authorities?.Current is { } authorities)
        {
            options.ClientCertificateRequired = true;
            options.RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                certificate is X509Certificate2 shown && authorities.Vouch(shown, chain);
        }

        return options;
    }

    public void Dispose()
    {
        _identity?.Dispose();
        _authorities?.Dispose();
    }

    private static SslStreamCertificateContext Load(MqttOptions options)
    {
        TlsIdentity identity = TlsIdentity.Load(options);
        return SslStreamCertificateContext.Create(identity.Certificate, identity.Chain, offline: true);
    }
}
