namespace MicroFirmware.Micro.Fleet;

/// <summary>How a running fleet is shown: a table that redraws, or lines.</summary>
internal interface IFleetView
{
    /// <summary>Something happened once, as a short sentence.</summary>
    void Tell(TimeSpan elapsed, string happening);

    /// <summary>The state of everything; called about once a second.</summary>
    void Show(FleetSnapshot snapshot);
}
