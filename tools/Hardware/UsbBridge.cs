namespace MicroFirmware.Hardware;

/// <summary>What a board's USB socket leads to.</summary>
/// <param name="Bridge">Name of the bridge chip.</param>
/// <param name="Ids">Vendor and product as a list of ports shows them, such as <c>303A:1001</c>.</param>
public sealed record UsbBridge(string Bridge, IReadOnlyList<string> Ids);
