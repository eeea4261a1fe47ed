namespace MicroFirmware.Gateway.Boards;

/// <summary>Whether a query lets a board through.</summary>
internal readonly struct BoardFilter(BoardQuery query)
{
    private readonly string[] _words = query.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public bool Matches(in BoardFace face)
    {
        if ((query.State is { } state && face.State != state)
            || (query.Kind is { } kind && face.Device.IsMiner != (kind == BoardKind.Miner))
            || (query.Chip is { } chip && face.Chip != chip)
            || (query.Group is { } group && !group.Equals(face.Group, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        foreach (string word in _words)
        {
            if (!Occurs(word, face))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Occurs(string word, in BoardFace face) =>
        face.Device.Id.Contains(word, StringComparison.OrdinalIgnoreCase)
        || face.Name.Contains(word, StringComparison.OrdinalIgnoreCase)
        || face.Group.Contains(word, StringComparison.OrdinalIgnoreCase)
        || face.Chip.Contains(word, StringComparison.OrdinalIgnoreCase)
        || face.Firmware.Contains(word, StringComparison.OrdinalIgnoreCase);
}
