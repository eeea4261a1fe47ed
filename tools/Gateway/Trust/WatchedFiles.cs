using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace MicroFirmware.Gateway.Trust;

/// <summary>
/// What was read from files, and is read again when one of them has changed. While they cannot be used, as in the
/// middle of being replaced, what was read before stays. They are looked at in intervals: not every file system tells
/// of changes, and a certificate is renewed days before it has to be.
/// </summary>
/// <typeparam name="T">What is made of them.</typeparam>
internal sealed class WatchedFiles<T> : IDisposable
    where T : class
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(30);

    private readonly string[] _files;
    private readonly Func<T> _load;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private string _seen;
    private volatile T _current;

    /// <summary>Reads them for the first time.</summary>
    /// <param name="files">The files; empty names are left out.</param>
    /// <param name="load">Reads them, or throws what reading files and certificates throws.</param>
    /// <param name="time">When to look again.</param>
    /// <param name="log">Told of what was read anew, and of what cannot be used.</param>
    public WatchedFiles(IEnumerable<string> files, Func<T> load, TimeProvider time, ILogger log)
    {
        _files = [.. files.Where(file => file.Length > 0)];
        (_load, _log) = (load, log);
        _seen = Look();
        _current = load();
        _timer = time.CreateTimer(_ => Renew(), null, s_interval, s_interval);
    }

    /// <summary>What the files say.</summary>
    public T Current => _current;

    public void Dispose() => _timer.Dispose();

    private void Renew()
    {
        string now = Look();
        if (now == _seen)
        {
            return;
        }

        try
        {
            // Connections that still use the old one keep it alive; it is left to the collector.
            _current = _load();
            _seen = now;
            _log.LogInformation("{Files} read anew.", string.Join(", ", _files));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            _log.LogWarning("{Files} changed and cannot be used, so what was read before stays: {Problem}",
                string.Join(", ", _files), e.Message);
        }
    }

    /// <summary>By content: they are small, and behind links neither time nor length tells of a change.</summary>
    private string Look() => string.Join(' ', _files.Select(file =>
    {
        try
        {
            return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }));
}
