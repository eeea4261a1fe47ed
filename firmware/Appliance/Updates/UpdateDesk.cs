using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Appliance
{
    /// <summary>Fetches updates. Not implemented yet.</summary>
    internal sealed class UpdateDesk
    {
        internal UpdateDesk(AppliancePorts ports, BoardSettings settings, IConsole log, long now)
        {
        }

        internal long Release { get; } = Telemetry.Unknown;

        internal bool IsBusy { get; }

        internal ResetReason RestartReason { get; }

        internal bool Begin(uint release, GatewayAddress gateway, long now)
        {
            return false;
        }

        internal void Confirm()
        {
        }

        internal int Step(long now)
        {
            return 1000;
        }
    }
}
