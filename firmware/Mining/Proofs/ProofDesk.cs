using System;
using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// Proofs that the gateway wants checked: takes two at most, checks one at a time, a hash a step, and sends what it
    /// found. What is not done in time is dropped; the gateway asks another board then.
    /// </summary>
    internal sealed class ProofDesk
    {
        /// <summary>How many wait at most, the one that is being checked too.</summary>
        internal const int Capacity = 2;

        private const long Never = long.MaxValue;
        private const int RetryMs = 500;

        private readonly MinerOptions _options;
        private readonly MinerStatistics _statistics;
        private readonly BrokerLink _link;
        private readonly string _topic;
        private readonly byte[][] _records = new byte[Capacity][];
        private readonly long[] _endsAt = new long[Capacity];
        private int _count;
        private ProofTask _task;
        private ProofCheck _check;
        private long _begunAt;
        private byte[] _finding;

        internal ProofDesk(MinerOptions options, MinerStatistics statistics, BrokerLink link)
        {
            _options = options;
            _statistics = statistics;
            _link = link;
            _topic = Topics.Finding(options.DeviceId);
        }

        /// <summary>Whether a check is under way: scanning waits for its end.</summary>
        internal bool IsChecking
        {
            get { return _check != null && !IsHeld; }
        }

        /// <summary>Whether nothing is to be checked for now.</summary>
        internal bool IsHeld { get; set; }

        /// <summary>When <see cref="Step"/> has something to do.</summary>
        internal long DueAt { get; private set; } = Never;

        /// <summary>Takes a message from the proof topic.</summary>
        internal void Take(byte[] payload, long now)
        {
            ProofTask task;
            if (_count == Capacity || ProofTask.Parse(payload, 0, payload.Length, out task) != ParseStatus.Done
                || !ProofTask.IsAuthentic(payload, _options.Key, _options.DeviceId))
            {
                _statistics.ProofsRefused++;
                return;
            }

            _records[_count] = payload;
            _endsAt[_count++] = now + (task.Seconds * 1000);
            DueAt = now;
        }

        /// <summary>Computes one hash at most, and sends what is done.</summary>
        internal void Step(long now)
        {
            if (_count != 0 && now >= _endsAt[0])
            {
                _statistics.ProofsRefused++;
                Drop();
            }

            if (_count != 0 && _finding == null && !IsHeld)
            {
                Check(now);
            }

            if (_finding != null && _link.Publish(_topic, _finding, 1, false))
            {
                _statistics.ProofsChecked++;
                Drop();
            }

            DueAt = _count == 0 ? Never : _finding != null || IsHeld ? now + RetryMs : now;
        }

        private void Check(long now)
        {
            if (_check == null)
            {
                ProofTask.Parse(_records[0], 0, _records[0].Length, out _task);
                _check = new ProofCheck(_task);
                _begunAt = now;
            }

            if (_check.Step())
            {
                ProofFinding finding = new ProofFinding
                {
                    Code = _check.Code,
                    Where = (byte)_check.Where,
                    TimeMs = (uint)(now - _begunAt),
                    Id = _task.Id,
                    Trace = _check.Trace,
                };
                _finding = new byte[ProofFinding.Length];
                finding.Write(_finding, 0, _records[0], _options.Key, _options.DeviceId);
                _check = null;
            }
        }

        private void Drop()
        {
            _count--;
            Array.Copy(_records, 1, _records, 0, _count);
            Array.Copy(_endsAt, 1, _endsAt, 0, _count);
            _records[_count] = null;
            _task = null;
            _check = null;
            _finding = null;
        }
    }
}
