namespace MicroFirmware.Gateway.Boards;

/// <summary>What an owner can do to boards.</summary>
public enum DeedKind
{
    /// <summary>Has them blink. Value: seconds, 1 to 3600.</summary>
    Identify,

    /// <summary>Stops scanning until resumed.</summary>
    Pause,

    /// <summary>Scans again.</summary>
    Resume,

    /// <summary>Starts them anew.</summary>
    Restart,

    /// <summary>Scans for a part of the time. Value: percent, 1 to 100.</summary>
    Duty,

    /// <summary>Has them go to another gateway. Text: its address as boards' settings have it.</summary>
    Gateway,

    /// <summary>Has them fetch the update that is offered. Value: its release, 0 for the latest.</summary>
    Update,

    /// <summary>Puts them into a group. Text: its name, empty for none.</summary>
    Group,

    /// <summary>Refuses them from now on.</summary>
    Revoke,

    /// <summary>Lets them in again.</summary>
    Restore,
}
