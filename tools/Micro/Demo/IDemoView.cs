namespace MicroFirmware.Micro.Demo;

/// <summary>How a running demo is shown: a table that redraws, or lines.</summary>
internal interface IDemoView
{
    /// <summary>Something happened once, as a short sentence.</summary>
    void Tell(TimeSpan elapsed, string happening);

    /// <summary>The state of everything; called about once a second.</summary>
    void Show(DemoSnapshot snapshot);
}
