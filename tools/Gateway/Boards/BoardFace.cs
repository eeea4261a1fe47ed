using MicroFirmware.Gateway.Devices;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Boards;

/// <summary>What a query looks at, of one device at one moment: taken of all of them each time, so it is small and
/// holds nothing of its own.</summary>
internal readonly struct BoardFace
{
    private static readonly string[] s_restingCauses = ["paused", "quiet", "hot", "foreground", "budget"];

    private BoardFace(Device device, DeviceActivity? activity, TimeSpan now)
    {
        Device = device;
        BoardLabel label = device.Label;
        (Name, Group, Chip) = (label.Name, label.Group, ChipNames.Of(label.Model, activity));
        Title = BoardRow.TitleOf(label.Name, device.Id);
        Firmware = activity?.Telemetry?.Firmware ?? "";
        State = BoardState.NotSeen;
        if (activity is not null)
        {
            Proven = activity.ProvenHashesPerSecond(now);
            Claimed = Known(activity.Telemetry?.HashRate);
            Temperature = Known(activity.Telemetry?.Temperature);
            Rssi = Known(activity.Telemetry?.Rssi);
            LastShare = activity.LastShare is { } last ? (now - last).TotalSeconds : double.NaN;
            State = StateOf(activity, Proven > 0);
        }
        else
        {
            Claimed = Temperature = Rssi = LastShare = double.NaN;
        }

        State = device.IsRevoked ? BoardState.Revoked : State;
    }

    public Device Device { get; }

    public BoardState State { get; }

    public string Name { get; }

    /// <summary>What people see first.</summary>
    public string Title { get; }

    public string Group { get; }

    public string Chip { get; }

    public string Firmware { get; }

    public double Proven { get; }

    // Not a number where it is not known, from here on.
    public double Claimed { get; }

    public double Temperature { get; }

    public double Rssi { get; }

    public double LastShare { get; }

    public static BoardFace Of(Device device, TimeSpan now)
    {
        lock (device)
        {
            return new BoardFace(device, device.Activity, now);
        }
    }

    /// <summary>A number of a board, not a number where it is not known.</summary>
    public static double Known(long? number) => number is null or Telemetry.Unknown ? double.NaN : number.Value;

    private static BoardState StateOf(DeviceActivity activity, bool proven) => activity switch
    {
        { IsOnline: false } => BoardState.Offline,
        { Telemetry.State: "safe" } => BoardState.Safe,
        { Telemetry.Cause: { } cause } when s_restingCauses.Contains(cause) => BoardState.Paused,
        { Telemetry.State: "degraded" } => BoardState.Degraded,
        _ => proven ? BoardState.Mining : BoardState.Unproven,
    };
}
