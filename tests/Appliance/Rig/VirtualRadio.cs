namespace MicroFirmware.Appliance.Tests.Rig;

/// <summary>The board's radio, and the time server behind it.</summary>
internal sealed class VirtualRadio(VirtualHardware hardware) : INetwork
{
    private const int JoinMs = 800;
    private const int LookMs = 2000;

    private long _joinedAt = long.MaxValue;
    private long _timeAt = long.MaxValue;
    private long _seenAt = long.MaxValue;
    private bool _isJoined;

    /// <summary>Whether there is an access point.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>Joining neither ends well nor badly.</summary>
    public bool IsStuck { get; set; }

    public bool HasTimeServer { get; set; } = true;

    public long TrueUtc { get; set; } = 1_800_000_000;

    public int Joins { get; private set; }

    public int Leaves { get; private set; }

    public string? Password { get; private set; }

    public bool CanLookAround { get; set; } = true;

    public NetworkSeen[] InSight { get; set; } = [new("home", -50, 6), new("caf\u00c3\u00a9\u001b", -80, 0)];

    public NetworkSeen[] Seen => hardware.NowMs >= _seenAt ? InSight : null!;

    public NetworkStatus Status
    {
        get
        {
            Advance();
            return _isJoined ? NetworkStatus.Joined
                : _joinedAt == long.MaxValue ? NetworkStatus.Down : NetworkStatus.Joining;
        }
    }

    public long NextEventAt => Math.Min(Math.Min(_isJoined ? long.MaxValue : _joinedAt, _timeAt), _seenAt);

    public void Join(string name, string password)
    {
        Joins++;
        Password = password;
        _isJoined = false;
        _joinedAt = hardware.NowMs + JoinMs;
    }

    public void Leave()
    {
        Leaves++;
        _isJoined = false;
        _joinedAt = long.MaxValue;
        _timeAt = long.MaxValue;
        IsStuck = false;
    }

    public void AskTime(string server) => _timeAt = hardware.NowMs + 300;

    public void LookAround() => _seenAt = hardware.NowMs + LookMs;

    /// <summary>The board has lost its power.</summary>
    public void Forget()
    {
        _isJoined = false;
        _joinedAt = _timeAt = _seenAt = long.MaxValue;
    }

    private void Advance()
    {
        if (!_isJoined && !IsStuck && hardware.NowMs >= _joinedAt)
        {
            _isJoined = IsUp;
            _joinedAt = long.MaxValue;
        }

        _isJoined = _isJoined && IsUp && !IsStuck;
        if (hardware.NowMs >= _timeAt)
        {
            _timeAt = long.MaxValue;
            hardware.UtcSeconds = _isJoined && HasTimeServer ? TrueUtc + (hardware.NowMs / 1000) : hardware.UtcSeconds;
        }
    }
}
