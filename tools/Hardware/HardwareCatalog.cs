using System.Text.Json;
using System.Text.Json.Nodes;

namespace MicroFirmware.Hardware;

/// <summary>Every chip and board of hardware/, read once.</summary>
public static class HardwareCatalog
{
    private static readonly Lazy<IReadOnlyList<Chip>> s_chips = new(ReadChips);
    private static readonly Lazy<IReadOnlyList<Board>> s_boards = new(ReadBoards);

    /// <summary>All chips, by id.</summary>
    public static IReadOnlyList<Chip> Chips => s_chips.Value;

    /// <summary>All boards, by id.</summary>
    public static IReadOnlyList<Board> Boards => s_boards.Value;

    /// <summary>The chip with this id.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public static Chip Chip(string id) =>
        Chips.FirstOrDefault(chip => chip.Id == id) ?? throw Unknown("chip", id, Chips.Select(chip => chip.Id));

    /// <summary>The board with this id.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public static Board Board(string id) =>
        Boards.FirstOrDefault(board => board.Id == id) ?? throw Unknown("board", id, Boards.Select(item => item.Id));

    /// <summary>
    /// The file of a chip or board with what it inherits merged in, as <c>chips/esp32</c>; for tests.
    /// </summary>
    internal static JsonObject Document(string path)
    {
        var own = OwnDocument(path);
        return own["inherits"] is { } parent
            ? HardwareJson.Merge(Document($"{path[..path.IndexOf('/')]}/{parent.GetValue<string>()}"), own)
            : own;
    }

    /// <summary>Names of the embedded files in a folder, sorted, as <c>chips/esp32</c>.</summary>
    internal static IEnumerable<string> Paths(string folder) =>
        typeof(HardwareCatalog).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static JsonObject OwnDocument(string path)
    {
        using var stream = typeof(HardwareCatalog).Assembly.GetManifestResourceStream(path)
            ?? throw new InvalidDataException($"hardware/{path}.json is inherited from and does not exist.");
        return (JsonObject)JsonNode.Parse(stream)!;
    }

    private static IReadOnlyList<Chip> ReadChips() => [.. Paths("chips").Select(Read<Chip>)];

    private static IReadOnlyList<Board> ReadBoards() => [.. Paths("boards").Select(Read<BoardFile>).Select(Resolve)];

    private static T Read<T>(string path)
    {
        try
        {
            return HardwareJson.Read<T>(Document(path));
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"hardware/{path}.json: {error.Message}", error);
        }
    }

    private static Board Resolve(BoardFile file)
    {
        var chip = Chip(file.Chip);
        return new Board
        {
            Id = file.Id,
            Name = file.Name,
            Chip = chip,
            FlashMegabytes = file.FlashMegabytes,
            PsramMegabytes = file.PsramMegabytes,
            Nanoff = file.Nanoff ?? chip.Nanoff,
            Usb = file.Usb,
            Pins = file.Pins ?? new Dictionary<string, int>(),
        };
    }

    private static KeyNotFoundException Unknown(string what, string id, IEnumerable<string> known) =>
        new($"There is no {what} '{id}'; known: {string.Join(", ", known)}.");

    private sealed record BoardFile(
        string Id,
        string Name,
        string Chip,
        int FlashMegabytes,
        UsbBridge Usb,
        int PsramMegabytes = 0,
        string? Nanoff = null,
        Dictionary<string, int>? Pins = null);
}
