using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Events;

/// <summary>What is remembered of a board between two looks.</summary>
internal sealed class WatchedBoard
{
    private TimeSpan? _awaySince;
    private bool _wasHere;
    private long _boots = Telemetry.Unknown;
    private long _release = Telemetry.Unknown;
    private string? _firmware;

    /// <summary>How often it was lost of late.</summary>
    public Pace Losses { get; } = new();

    /// <summary>How often it started of late.</summary>
    public Pace Starts { get; } = new();

    /// <summary>It has been away for too long.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Since when it was lost; meaningful while it is, and when it has just come back.</summary>
    public TimeSpan LostSince { get; private set; }

    /// <summary>Looks whether it is here.</summary>
    /// <returns>True when <see cref="IsLost"/> has changed.</returns>
    public bool Look(bool isHere, TimeSpan now, TimeSpan patience)
    {
        if (isHere)
        {
            bool isBack = IsLost;
            (_wasHere, _awaySince, IsLost) = (true, null, false);
            return isBack;
        }

        if (!_wasHere || IsLost)
        {
            return false;
        }

        LostSince = _awaySince ??= now;
        IsLost = now - LostSince >= patience;
        return IsLost;
    }

    /// <summary>Looks what it says about itself.</summary>
    /// <returns>BoardRestarted, BoardUpdated, or null.</returns>
    public EventKind? Look(Telemetry telemetry)
    {
        bool isKnown = _boots != Telemetry.Unknown && telemetry.Boots != Telemetry.Unknown;
        bool hasStarted = isKnown && telemetry.Boots > _boots;
        bool isOther = _firmware is not null && telemetry.Firmware is not null
            && (telemetry.Firmware != _firmware || telemetry.Release != _release);
        _boots = telemetry.Boots;
        (_firmware, _release) = (telemetry.Firmware ?? _firmware, telemetry.Release);
        return isOther ? EventKind.BoardUpdated : hasStarted ? EventKind.BoardRestarted : null;
    }
}
