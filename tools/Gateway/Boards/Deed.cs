using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Owner;

namespace MicroFirmware.Gateway.Boards;

/// <summary>Something an owner does to one board or many.</summary>
/// <param name="Kind">What.</param>
/// <param name="Value">Its number; 0 where it has none.</param>
/// <param name="Text">Its text; empty where it has none.</param>
public sealed record Deed(DeedKind Kind, uint Value = 0, string Text = "")
{
    /// <summary>Whether boards are told, who have to be connected to hear it; else the gateway does it alone.</summary>
    public bool IsOrder => Kind <= DeedKind.Update;

    /// <summary>Reads a deed as a form has it.</summary>
    /// <returns>Null where it is none, or its number or text is out of range.</returns>
    public static Deed? Read(string? kind, uint value, string? text)
    {
        if (!Enum.TryParse(kind, ignoreCase: true, out DeedKind known) || !Enum.IsDefined(known))
        {
            return null;
        }

        Deed deed = known switch
        {
            DeedKind.Identify or DeedKind.Duty => new Deed(known, value),
            DeedKind.Group => new Deed(known, 0, BoardLabel.Read(text) ?? "\0"),
            _ => new Deed(known),
        };
        bool isGood = deed.IsOrder ? deed.ToOrder().ToCommand() is not null : !deed.Text.Contains('\0');
        return isGood ? deed : null;
    }

    /// <summary>The order that boards get.</summary>
    internal Order ToOrder() => new(Kind.ToString().ToLowerInvariant(), Value);
}
