using System.Globalization;

namespace MicroFirmware.Micro.Consoles;

/// <summary>A board's answer to one line, as firmware/decisions/0005-boards-life.md has it.</summary>
/// <param name="Lines">What it said, without log lines.</param>
/// <param name="Code">0 for <c>ok</c>, else the error's code.</param>
/// <param name="Words">What came behind <c>ok</c> or <c>error</c> and its code.</param>
internal sealed record ConsoleReply(IReadOnlyList<string> Lines, int Code, string Words)
{
    /// <summary>The settings as a whole are not valid.</summary>
    public const int Incomplete = 5;

    /// <summary>The gateway does not know the device or its key.</summary>
    public const int BadKey = 22;

    private const string Ok = "ok";
    private const string Error = "error ";

    /// <summary>Whether it ended with <c>ok</c>.</summary>
    public bool IsOk => Code == 0;

    /// <summary>The lines <c>name = value</c> as a table; the mark of what is not saved is left out.</summary>
    public IReadOnlyDictionary<string, string> Values
    {
        get
        {
            var values = new Dictionary<string, string>();
            foreach (string line in Lines)
            {
                int equals = line.IndexOf(" =", StringComparison.Ordinal);
                if (equals > 0)
                {
                    values[line[..equals].TrimStart('*', ' ')] = line[(equals + 2)..].Trim();
                }
            }

            return values;
        }
    }

    /// <summary>Whether a line ends an answer, and how.</summary>
    public static bool TryReadEnd(string line, out int code, out string words)
    {
        (code, words) = (0, "");
        if (line == Ok || line.StartsWith(Ok + " ", StringComparison.Ordinal))
        {
            words = line[Ok.Length..].Trim();
            return true;
        }

        string[] parts = line.StartsWith(Error, StringComparison.Ordinal) ? line.Split(' ', 3) : [];
        if (parts.Length < 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out code))
        {
            return false;
        }

        words = parts.Length > 2 ? parts[2] : "";
        return true;
    }
}
