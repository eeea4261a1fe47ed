namespace MicroFirmware.Emulator.Boards;

/// <summary>
/// How much of a machine a fleet takes by default: it stays usable, and a gateway beside it has room.
/// </summary>
public static class FleetShare
{
    /// <summary>Part of the machine's cores.</summary>
    private const double DefaultMachineShare = 0.3;

    /// <summary>Cores beyond which a demonstration shows nothing more.</summary>
    private const double MostCores = 2;

    /// <summary>Cores that a whole fleet may keep busy, more than 0.</summary>
    public static double DefaultCores(int processors) => Math.Min(MostCores, processors * DefaultMachineShare);

    /// <summary>Threads that carry so many cores' worth of work, at least 1.</summary>
    public static int WorkersFor(double cores) => Math.Max(1, (int)Math.Ceiling(cores));

    /// <summary>The share of one core for each board of a fleet, more than 0, at most 1.</summary>
    public static double CoreShareOf(int boards, double cores) => Math.Min(1, cores / boards);
}
