namespace MicroFirmware.Serial;

/// <summary>The usual rates, and the numbers by which Linux knows them (asm-generic/termbits.h).</summary>
internal static class BaudRates
{
    private static readonly Dictionary<int, uint> s_linuxCodes = new()
    {
        [9_600] = 0x000d,
        [19_200] = 0x000e,
        [38_400] = 0x000f,
        [57_600] = 0x1001,
        [115_200] = 0x1002,
        [230_400] = 0x1003,
        [460_800] = 0x1004,
        [921_600] = 0x1007,
    };

    /// <summary>Refuses a rate that is not in the table.</summary>
    public static void Check(int baudRate)
    {
        if (!s_linuxCodes.ContainsKey(baudRate))
        {
            throw new ArgumentOutOfRangeException(
                nameof(baudRate), baudRate, $"Take one of {string.Join(", ", s_linuxCodes.Keys)}.");
        }
    }

    /// <summary>The rate as <c>cfsetspeed</c> of this system takes it.</summary>
    public static nuint CodeOf(int baudRate) =>
        OperatingSystem.IsLinux() ? s_linuxCodes[baudRate] : (nuint)baudRate;
}
