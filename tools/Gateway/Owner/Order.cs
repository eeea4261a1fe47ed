using System.Globalization;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Owner;

/// <summary>An order as the owner writes it.</summary>
/// <param name="Command"><c>pause</c>, <c>resume</c>, <c>restart</c>, <c>identify</c>, <c>duty</c>, <c>gateway</c>
/// or <c>update</c>.</param>
/// <param name="Value">Seconds to identify for, percent of duty, or the release to update to.</param>
/// <param name="Text">The gateway to go to, as boards' settings have it.</param>
internal sealed record Order(string? Command, uint Value = 0, string? Text = null)
{
    private const uint MostPercent = 100;

    /// <summary>The order as boards take it; null when it is none.</summary>
    public Command? ToCommand() => (Command, Value) switch
    {
        ("gateway", 0) => IsGateway(Text) ? Make(CommandCode.SetGateway, Text) : null,
        _ when Text is not null => null,
        ("update", _) => Make(CommandCode.Update),
        ("pause", 0) => Make(CommandCode.Pause),
        ("resume", 0) => Make(CommandCode.Resume),
        ("restart", 0) => Make(CommandCode.Restart),
        ("identify", >= 1 and <= Protocol.Command.IdentifyMaxSeconds) => Make(CommandCode.Identify),
        ("duty", >= 1 and <= MostPercent) => Make(CommandCode.SetDutyPercent),
        _ => null,
    };

    private Command Make(CommandCode code, string? text = null) =>
        new() { Code = code, Argument = Value, Text = text ?? "" };

    /// <summary><c>host</c> or <c>host:http-port:mqtt-port</c>.</summary>
    private static bool IsGateway(string? text)
    {
        string[] parts = text?.Split(':') ?? [];
        return parts.Length is 1 or 3 && parts[0].Length is >= 1 and <= Limits.HostMaxLength
            && parts[0].All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')
            && parts[1..].All(port => ushort.TryParse(port, NumberStyles.None, null, out ushort p) && p > 0);
    }
}
