using MicroFirmware.Mining;
using MicroFirmware.Protocol;

namespace MicroFirmware.Appliance
{
    /// <summary>The lines of <c>status</c>; what is not known is left out.</summary>
    internal static class StatusReport
    {
        internal static void Write(ConsoleAnswer answer, Supervisor supervisor, AppliancePorts ports, bool isUnsaved)
        {
            Say(answer, "state", LifeStates.NameOf(supervisor.State));
            Say(answer, "cause", supervisor.Cause);
            Say(answer, "firmware", supervisor.FirmwareVersion);
            Say(answer, "release", supervisor.Release);
            Say(answer, "device", supervisor.Settings.DeviceId);
            WriteMiner(answer, supervisor, ports);
            Say(answer, "free_memory", ports.Board.FreeMemory);
            Say(answer, "rssi", ports.Board.Rssi);
            Say(answer, "temperature", ports.Board.Temperature);
            Say(answer, "boots", supervisor.Boots);
            Say(answer, "resets", ResetsOf(supervisor));
            Say(answer, "unsaved", isUnsaved ? "yes" : "no");
        }

        private static void WriteMiner(ConsoleAnswer answer, Supervisor supervisor, AppliancePorts ports)
        {
            long utc = ports.Clock.UtcSeconds;
            MinerStatistics counted = supervisor.Statistics;
            long uptime = supervisor.UptimeSeconds;
            Say(answer, "scanner", supervisor.ScannerName);
            Say(answer, "gateway", supervisor.GatewayHost);
            Say(answer, "network", ports.Network.Status == NetworkStatus.Joined ? "joined" : "not joined");
            Say(answer, "clock", utc == 0 ? Telemetry.Unknown : utc);
            Say(answer, "uptime_s", uptime);
            if (counted == null)
            {
                return;
            }

            Say(answer, "hashes", (long)counted.Hashes);
            Say(answer, "hash_rate", counted.HashRate);
            Say(answer, "proven_rate", uptime == 0 ? Telemetry.Unknown : (long)(counted.WorkCredited / (ulong)uptime));
            Say(answer, "accepted", counted.Accepted);
            Say(answer, "rejected", counted.Rejected);
            Say(answer, "found", counted.SharesFound);
            Say(answer, "waiting", supervisor.SharesWaiting);
            Say(answer, "dropped", counted.SharesDropped);
            Say(answer, "best_difficulty", counted.BestWork == 0 ? "" : Difficulty.ToText(counted.BestWork));
            Say(answer, "duty", supervisor.DutyPercent);
        }

        private static string ResetsOf(Supervisor supervisor)
        {
            string resets = "";
            for (int i = 0; i < BoardState.ReasonCount && supervisor.ResetAt(i) != ResetReason.None; i++)
            {
                resets += (i == 0 ? "" : " ") + ResetReasons.NameOf(supervisor.ResetAt(i));
            }

            return resets;
        }

        private static void Say(ConsoleAnswer answer, string name, string value)
        {
            if (value != null && value.Length != 0)
            {
                answer.Say(name + " = " + value);
            }
        }

        private static void Say(ConsoleAnswer answer, string name, long value)
        {
            if (value != Telemetry.Unknown)
            {
                answer.Say(name + " = " + value.ToString());
            }
        }
    }
}
