using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Devices;

/// <summary>The answer to a credential: a device, or why not.</summary>
/// <param name="Device">The device; null when it is not known.</param>
/// <param name="Counter">The counter of the request.</param>
/// <param name="Refusal">Why not; null when it was let in.</param>
/// <param name="CounterFloor">The greatest counter accepted from it before.</param>
internal readonly record struct Admission(Device? Device, ulong Counter, RefusalCode? Refusal, ulong CounterFloor)
{
    /// <summary>The refusal for the header field of the answer, signed where there is a key.</summary>
    /// <param name="code">Why there is no work.</param>
    /// <param name="device">The device's id.</param>
    /// <param name="retryAfter">How long to wait.</param>
    public string ToHeaderValue(RefusalCode code, string device, TimeSpan retryAfter) => new Refusal
    {
        Code = code,
        Counter = Counter,
        CounterFloor = CounterFloor,
        RetryAfterSeconds = (ushort)Math.Clamp(retryAfter.TotalSeconds, 0, ushort.MaxValue),
    }.ToHeaderValue(Device?.Key, device);
}
