namespace MicroFirmware.Gateway.Devices;

/// <summary>What an owner calls a board. Texts are at most <see cref="MaxLength"/> characters, without control
/// characters and blanks around them.</summary>
/// <param name="Name">A name for people; empty for none.</param>
/// <param name="Group">The group it is in; empty for none.</param>
/// <param name="Model">Its kind by the id in hardware/boards, as chosen when it was added; empty where nobody said.
/// </param>
public sealed record BoardLabel(string Name, string Group, string Model)
{
    /// <summary>Most characters of a text.</summary>
    public const int MaxLength = 40;

    /// <summary>No label.</summary>
    public static BoardLabel None { get; } = new("", "", "");

    /// <summary>Reads a name as somebody typed it.</summary>
    /// <returns>Null where it is too long or holds control characters.</returns>
    public static string? Read(string? text)
    {
        string trimmed = text?.Trim() ?? "";
        return trimmed.Length <= MaxLength && !trimmed.Any(char.IsControl) ? trimmed : null;
    }
}
