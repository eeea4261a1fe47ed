using System.Globalization;

namespace MicroFirmware.Micro.Demo;

/// <summary>How many files and connections a process may hold open: a demonstration has both ends of each board's
/// connection in one.</summary>
internal static class OpenFiles
{
    private const string SystemFile = "/proc/self/limits";
    private const string Row = "Max open files";
    private const int EndsOfAConnection = 2;

    // Databases, programs, pages, and requests for work that are under way: those that find no room come again.
    private const int Others = 500;

    /// <summary>What this process may have at most; null where the system does not say, or sets no limit.</summary>
    public static long? Limit => File.Exists(SystemFile) ? Parse(File.ReadAllText(SystemFile)) : null;

    /// <summary>Refuses more boards than there is room for.</summary>
    /// <param name="boards">How many are asked for.</param>
    /// <param name="limit">What one process may have; null for no limit.</param>
    /// <exception cref="CommandFailure">There is no room for so many.</exception>
    public static void Require(int boards, long? limit)
    {
        long needed = ((long)boards * EndsOfAConnection) + Others;
        if (limit < needed)
        {
            long room = Math.Max(1, (limit.Value - Others) / EndsOfAConnection);
            throw new CommandFailure(ExitCode.Configuration,
                $"{boards} boards and their gateway in one process need {needed} open files; this system allows "
                + $"{limit}",
                $"ask for {room} boards, raise the limit (ulimit -n), or run micro gateway and micro board, which are "
                + "a process each");
        }
    }

    /// <summary>The hard limit, which programs on .NET take at their start.</summary>
    /// <param name="limits">A file as of Linux: name, soft limit, hard limit, unit.</param>
    internal static long? Parse(string limits)
    {
        string? row = limits.Split('\n').FirstOrDefault(line => line.StartsWith(Row, StringComparison.Ordinal));
        string[] values = row?[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return long.TryParse(values.ElementAtOrDefault(1), CultureInfo.InvariantCulture, out long most)
            ? most : null;
    }
}
