namespace MicroFirmware.Hardware;

/// <summary>
/// A figure known only as an interval with a best guess; the unit is that of the property it stands in.
/// </summary>
/// <param name="Low">Least value that fits what is known.</param>
/// <param name="Mid">Default.</param>
/// <param name="High">Greatest value that fits what is known.</param>
public sealed record CycleRange(int Low, int Mid, int High)
{
    /// <summary>Low, mid and high without repetition, ascending.</summary>
    public IReadOnlyList<int> Distinct => [.. new[] { Low, Mid, High }.Distinct().Order()];
}
