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

    /// <summary>Reads a deed as a form has it, whose number and text are there whether the deed has one or not.
    /// </summary>
    /// <returns>Null where it is none, or its number or text is out of range.</returns>
    public static Deed? Read(string? kind, uint value, string? text)
    {
        if (!Enum.TryParse(kind, ignoreCase: true, out DeedKind known) || !Enum.IsDefined(known))
        {
            return null;
        }

        return known switch
        {
            DeedKind.Identify or DeedKind.Duty => Of(known, value, ""),
            DeedKind.Group or DeedKind.Gateway => Of(known, 0, text),
            _ => Of(known, 0, ""),
        };
    }

    /// <summary>A deed with no more and no less than belongs to it.</summary>
    /// <returns>Null where its number or text is out of range.</returns>
    public static Deed? Of(DeedKind kind, uint value, string? text)
    {
        Deed deed = new(kind, value, kind == DeedKind.Group ? text?.Trim() ?? "" : text ?? "");
        bool isGood = deed.IsOrder ? deed.ToOrder().ToCommand() is not null
            : value == 0 && (kind == DeedKind.Group ? BoardLabel.Read(text) is not null : deed.Text.Length == 0);
        return isGood ? deed : null;
    }

    /// <summary>The order that boards get.</summary>
    internal Order ToOrder() => new(Kind.ToString().ToLowerInvariant(), Value, Text.Length == 0 ? null : Text);
}
