namespace MicroFirmware.Gateway.Events;

/// <summary>How much an event matters. The numbers are in the journal.</summary>
public enum EventSeverity
{
    /// <summary>Good to know.</summary>
    Info = 0,

    /// <summary>Somebody should look when there is time.</summary>
    Warning = 1,

    /// <summary>Somebody should look now.</summary>
    Error = 2,
}
