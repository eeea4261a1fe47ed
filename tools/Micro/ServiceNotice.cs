using System.Globalization;
using System.Net.Sockets;

namespace MicroFirmware.Micro;

/// <summary>
/// Tells the service manager that the gateway serves, and from then on that its threads run (systemd, sd_notify(3):
/// datagrams to the socket that <c>NOTIFY_SOCKET</c> names; <c>WATCHDOG_USEC</c> is how long silence may last). Says
/// nothing where nobody asked.
/// </summary>
internal sealed class ServiceNotice : IDisposable
{
    /// <summary>The variable with the socket's path; a leading <c>@</c> stands for the abstract name space.</summary>
    public const string SocketVariable = "NOTIFY_SOCKET";

    /// <summary>The variable with the time, in microseconds, after which silence means that we hang.</summary>
    public const string WatchdogVariable = "WATCHDOG_USEC";

    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _manager;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private ITimer? _beat;

    /// <summary>A notice as the environment asks for it.</summary>
    /// <param name="variable">Reads a variable of the environment; null where there is none.</param>
    /// <param name="time">Paces the sign of life: twice in the time that silence may last.</param>
    public ServiceNotice(Func<string, string?> variable, TimeProvider time)
    {
        _time = time;
        if (variable(SocketVariable) is { Length: > 1 } path)
        {
            _manager = new UnixDomainSocketEndPoint(path[0] == '@' ? "\0" + path[1..] : path);
            _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            _ = long.TryParse(variable(WatchdogVariable), CultureInfo.InvariantCulture, out long silence);
            _interval = TimeSpan.FromMicroseconds(Math.Max(0, silence / 2));
        }
    }

    /// <summary>Whether a service manager listens: then it keeps what we print, too.</summary>
    public bool IsHeard => _socket is not null;

    /// <summary>The gateway serves.</summary>
    public void Ready()
    {
        Send("READY=1"u8);
        if (_interval > TimeSpan.Zero)
        {
            // On the pool, as everything that serves: where it is not run, nothing else is.
            _beat = _time.CreateTimer(_ => Send("WATCHDOG=1"u8), null, _interval, _interval);
        }
    }

    /// <summary>The gateway stops.</summary>
    public void Dispose()
    {
        _beat?.Dispose();
        Send("STOPPING=1"u8);
        _socket?.Dispose();
    }

    private void Send(ReadOnlySpan<byte> notice)
    {
        try
        {
            _socket?.SendTo(notice, _manager!);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // A manager that is gone, or a last sign of life that met the end, is no reason to stop mining.
        }
    }
}
