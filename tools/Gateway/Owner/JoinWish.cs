namespace MicroFirmware.Gateway.Owner;

/// <summary>What whoever makes a join code already knows of the board that will use it.</summary>
/// <param name="Model">Its kind by the id in hardware/boards; empty where nobody says.</param>
/// <param name="Group">The group it shall be in; empty for none.</param>
public sealed record JoinWish(string Model, string Group)
{
    /// <summary>Nothing is known.</summary>
    public static JoinWish None { get; } = new("", "");
}
