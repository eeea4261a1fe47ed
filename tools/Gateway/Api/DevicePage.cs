using MicroFirmware.Gateway.Devices;

namespace MicroFirmware.Gateway.Api;

/// <summary>A page of devices.</summary>
/// <param name="Devices">The devices.</param>
/// <param name="Total">How many are registered.</param>
/// <param name="Next">What to give as <c>from</c> for the next page; null on the last one.</param>
internal sealed record DevicePage(IReadOnlyList<DeviceReport> Devices, int Total, int? Next);
