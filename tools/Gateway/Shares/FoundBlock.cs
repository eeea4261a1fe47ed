namespace MicroFirmware.Gateway.Shares;

/// <summary>A block that a share solved.</summary>
/// <param name="Height">Its height.</param>
/// <param name="Hash">Its hash, as people read it.</param>
/// <param name="Device">Who found it.</param>
/// <param name="State">What became of it.</param>
/// <param name="Reason">The upstream's reason for refusing it; empty where there is none.</param>
public sealed record FoundBlock(int Height, string Hash, string Device, BlockState State, string Reason);
