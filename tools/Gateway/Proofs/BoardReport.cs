using MicroFirmware.Gateway.Devices;

namespace MicroFirmware.Gateway.Proofs;

/// <summary>How a board stands with proofs.</summary>
/// <param name="Device">The board.</param>
/// <param name="State"><c>trusted</c>, <c>probation</c>, <c>resting</c> (it did not answer) or <c>suspended</c>.
/// </param>
/// <param name="SuspendedUntil">When a suspension ends; null without one.</param>
/// <param name="Right">Findings that were right.</param>
/// <param name="Wrong">Findings that were not.</param>
/// <param name="Late">Tasks without an answer in time.</param>
public sealed record BoardReport(
    string Device, string State, DateTimeOffset? SuspendedUntil, long Right, long Wrong, long Late)
{
    internal static BoardReport Of(Device device, BoardStanding standing, DateTimeOffset now)
    {
        bool isSuspended = now < standing.SuspendedUntil;
        string state = isSuspended ? "suspended"
            : !standing.IsAsked(now) ? "resting"
            : standing.Probation > 0 ? "probation"
            : "trusted";
        return new BoardReport(device.Id, state, isSuspended ? standing.SuspendedUntil : null,
            standing.Right, standing.Wrong, standing.Late);
    }
}
