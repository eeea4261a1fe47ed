using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>Measures the hash rate and says, from time to time, how the board is.</summary>
    internal sealed class TelemetryReporter
    {
        private readonly MinerOptions _options;
        private readonly IBoard _board;
        private readonly MinerStatistics _statistics;
        private readonly long _startedAt;
        private long _measuredAt;
        private ulong _measuredHashes;

        internal TelemetryReporter(MinerOptions options, IBoard board, MinerStatistics statistics, long now)
        {
            _options = options;
            _board = board;
            _statistics = statistics;
            _startedAt = now;
            _measuredAt = now;
            DueAt = now;
        }

        /// <summary>When the next report is due.</summary>
        internal long DueAt { get; private set; }

        /// <summary>Reports as soon as possible.</summary>
        internal void Hurry(long now)
        {
            DueAt = now;
        }

        /// <summary>The report that is due now.</summary>
        internal byte[] Report(long now, string state, ScanLoop scan, int waiting, BoardFacts facts)
        {
            DueAt = now + _options.TelemetryIntervalMs;
            long elapsed = now - _measuredAt;
            if (elapsed >= _options.TelemetryIntervalMs || (_measuredHashes == 0 && elapsed > 0))
            {
                _statistics.HashRate = (uint)((_statistics.Hashes - _measuredHashes) * 1000 / (ulong)elapsed);
                _measuredHashes = _statistics.Hashes;
                _measuredAt = now;
            }

            long uptime = (now - _startedAt) / 1000;
            Telemetry telemetry = new Telemetry
            {
                Firmware = _options.FirmwareVersion,
                Scanner = scan.ScannerName,
                State = facts.State ?? state,
                Cause = facts.Cause,
                Reset = facts.Reset,
                Gateway = _options.Gateway.Host,
                UptimeSeconds = uptime,
                Hashes = Clip(_statistics.Hashes),
                HashRate = _statistics.HashRate,
                Accepted = _statistics.Accepted,
                Rejected = _statistics.Rejected,
                BestWork = _statistics.BestWork == 0 ? Telemetry.Unknown : Clip(_statistics.BestWork),
                FreeMemory = _board.FreeMemory,
                ProvenRate = uptime == 0 ? Telemetry.Unknown : Clip(_statistics.WorkCredited / (ulong)uptime),
                Found = _statistics.SharesFound,
                Waiting = waiting + facts.WaitingElsewhere,
                Dropped = _statistics.SharesDropped,
                Boots = facts.Boots,
                Release = facts.Release,
                Duty = scan.DutyPercent,
                Rssi = _board.Rssi,
                Temperature = _board.Temperature,
            };
            AddRefused(telemetry);
            return telemetry.ToJson();
        }

        private void AddRefused(Telemetry telemetry)
        {
            for (VerdictCode code = VerdictCode.UnknownJob; code <= VerdictCode.Malformed; code++)
            {
                uint count = _statistics.CountOf(code);
                telemetry.SetRefused(code, count == 0 ? Telemetry.Unknown : count);
            }
        }

        private static long Clip(ulong value)
        {
            return value > long.MaxValue ? long.MaxValue : (long)value;
        }
    }
}
