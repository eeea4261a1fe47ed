namespace MicroFirmware.Browser.Tests.Harness;

/// <summary>What a page is looked at with.</summary>
/// <param name="Name">For files.</param>
/// <param name="Width">CSS pixels.</param>
/// <param name="Height">CSS pixels.</param>
/// <param name="IsDark">Whether the system asks for dark colours.</param>
internal sealed record Look(string Name, int Width, int Height, bool IsDark)
{
    public static readonly Look Desktop = new("light", 1280, 800, false);
    public static readonly Look Dark = new("dark", 1280, 800, true);
    public static readonly Look Phone = new("phone", 360, 740, false);
    public static readonly Look Tablet = new("tablet", 820, 1180, true);

    public static IReadOnlyList<Look> All { get; } = [Desktop, Dark, Phone, Tablet];

    public bool IsPhone => Width < 600;
}
