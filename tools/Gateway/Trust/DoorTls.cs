using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MicroFirmware.Gateway.Configuration;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Trust;

/// <summary>
/// How MQTT and Stratum are served over TLS, decided anew at each handshake: with the owner's certificate where there
/// is one, and else one of the gateway's own authority; and whose certificates boards have to show, if any. A file that
/// is replaced, or another one that is named, counts without a restart, from the next handshake on.
/// </summary>
internal sealed class DoorTls : IDisposable
{
    private readonly Live<MqttOptions> _options;
    private readonly ServerIdentity _own;
    private readonly TimeProvider _time;
    private readonly ILogger<DoorTls> _log;
    private volatile Papers _papers;

    public DoorTls(Live<MqttOptions> options, ServerIdentity own, TimeProvider time, ILogger<DoorTls> log)
    {
        (_options, _own, _time, _log) = (options, own, time, log);
        _papers = Read(options.Now);
        options.Changed += Take;
    }

    /// <summary>For a handshake with a Stratum miner: none of them has a certificate.</summary>
    public SslServerAuthenticationOptions ForMiners() => Serve(_papers);

    /// <summary>For a handshake with a board.</summary>
    public SslServerAuthenticationOptions ForBoards()
    {
        Papers papers = _papers;
        SslServerAuthenticationOptions options = Serve(papers);
        if (papers.Authorities?.Current is { } authorities)
        {
            options.ClientCertificateRequired = true;
            options.RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                certificate is X509Certificate2 shown && authorities.Vouch(shown, chain);
        }

        return options;
    }

    public void Dispose()
    {
        _options.Changed -= Take;
        _papers.Dispose();
    }

    private SslServerAuthenticationOptions Serve(Papers papers) => papers.Identity is { } identity
        ? new SslServerAuthenticationOptions { ServerCertificateContext = identity.Current }
        : new SslServerAuthenticationOptions { ServerCertificate = _own.Current };

    private void Take(MqttOptions options)
    {
        try
        {
            // Handshakes under way go on with the old ones; only their files are looked at no more.
            Papers last = _papers;
            _papers = Read(options);
            last.Dispose();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            _log.LogError("The certificates that were set cannot be used any more, so those before stay: {Problem}",
                e.Message);
        }
    }

    private Papers Read(MqttOptions options)
    {
        string file = options.ClientAuthorityFile;
        return new Papers(
            options.CertificateFile.Length == 0 ? null
                : new([options.CertificateFile, options.CertificateKeyFile], () => Load(options), _time, _log),
            file.Length == 0 ? null : new([file], () => ClientAuthorities.Load(file), _time, _log));
    }

    private static SslStreamCertificateContext Load(MqttOptions options)
    {
        TlsIdentity identity = TlsIdentity.Load(options);
        return SslStreamCertificateContext.Create(identity.Certificate, identity.Chain, offline: true);
    }

    /// <summary>What is shown and what is asked for; null where there is none.</summary>
    private sealed record Papers(
        WatchedFiles<SslStreamCertificateContext>? Identity, WatchedFiles<ClientAuthorities>? Authorities) : IDisposable
    {
        public void Dispose()
        {
            Identity?.Dispose();
            Authorities?.Dispose();
        }
    }
}
