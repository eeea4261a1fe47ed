using System.Text;
using MicroFirmware.Emulator.Boards;
using MicroFirmware.Protocol;

namespace MicroFirmware.Micro.Boards;

/// <summary>
/// Identities of boards as text: one a line, the id, a space, the key in 64 lower-case hexadecimal digits; empty lines
/// and lines that begin with <c>#</c> are passed over. The file holds secrets: only its owner may read it.
/// </summary>
internal static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads a file.</summary>
    /// <exception cref="CommandFailure">It cannot be read, or a line is not an identity.</exception>
    public static IReadOnlyList<BoardIdentity> Read(string path)
    {
        try
        {
            return Parse(File.ReadAllLines(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Unreachable, $"{path} cannot be read: {e.Message}",
                "micro board --keys FILE makes one", e);
        }
    }

    /// <summary>Makes identities with new keys and writes them to a new file.</summary>
    /// <exception cref="CommandFailure">It exists or cannot be written.</exception>
    public static IReadOnlyList<BoardIdentity> Create(string path, int boards)
    {
        BoardIdentity[] identities = [.. BoardIdentity.Numbered(boards)];
        var text = new StringBuilder("# board keys: whoever has one can mine in its board's name\n");
        foreach (BoardIdentity identity in identities)
        {
            text.Append(identity.Id).Append(' ').Append(Convert.ToHexStringLower(identity.Key)).Append('\n');
        }

        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using var file = new FileStream(path, options);
            file.Write(Encoding.ASCII.GetBytes(text.ToString()));
            return identities;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCode.Unreachable, $"{path} cannot be written: {e.Message}",
                "name another file with --keys", e);
        }
    }

    /// <summary>Reads the lines of a file.</summary>
    /// <exception cref="CommandFailure">A line is not an identity, or an id comes twice.</exception>
    public static IReadOnlyList<BoardIdentity> Parse(IReadOnlyList<string> lines)
    {
        var identities = new List<BoardIdentity>();
        var ids = new HashSet<string>();
        for (int i = 0; i < lines.Count; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (!TryParse(line, out BoardIdentity? identity) || !ids.Add(identity!.Id))
            {
                throw new CommandFailure(ExitCode.Configuration,
                    $"line {i + 1} of the key file is not a new board: an id of 1 to 32 characters of a-z 0-9 -, a "
                    + "space, and 64 hexadecimal digits", "correct the line or take it out");
            }

            identities.Add(identity);
        }

        return identities;
    }

    /// <summary>Reads one line.</summary>
    public static bool TryParse(string line, out BoardIdentity? identity)
    {
        identity = null;
        string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2 || !DeviceId.IsValid(parts[0]) || !TryParseKey(parts[1], out byte[] key))
        {
            return false;
        }

        identity = new BoardIdentity(parts[0], key);
        return true;
    }

    /// <summary>Reads a key.</summary>
    public static bool TryParseKey(string text, out byte[] key)
    {
        key = new byte[Limits.KeyLength];
        return text.Length == 2 * Limits.KeyLength
            && Convert.FromHexString(text, key, out _, out int written) == System.Buffers.OperationStatus.Done
            && written == key.Length;
    }
}
