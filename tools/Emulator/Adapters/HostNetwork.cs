using MicroFirmware.Appliance;

namespace MicroFirmware.Emulator.Adapters;

/// <summary>The network of a virtual board: this machine's own, which is there. It has no radio to look around with.
/// </summary>
public sealed class HostNetwork : INetwork
{
    /// <inheritdoc/>
    public NetworkStatus Status { get; private set; }

    /// <inheritdoc/>
    public bool CanLookAround => false;

    /// <inheritdoc/>
    public NetworkSeen[]? Seen => null;

    /// <inheritdoc/>
    public void Join(string name, string password) => Status = NetworkStatus.Joined;

    /// <inheritdoc/>
    public void Leave() => Status = NetworkStatus.Down;

    /// <inheritdoc/>
    public void AskTime(string server)
    {
        // The process knows the time.
    }

    /// <inheritdoc/>
    public void LookAround()
    {
        // Nobody asks who heard that it cannot.
    }
}
