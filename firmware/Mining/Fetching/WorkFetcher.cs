using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// Asks the gateway for work and judges the answer: one request at a time, never more often than
    /// <see cref="ShortestIntervalMs"/>, with back-off after failures and a deadline on every answer.
    /// </summary>
    internal sealed class WorkFetcher
    {
        /// <summary>Longest time from the start of a request to its complete answer.</summary>
        internal const int DeadlineMs = 15000;

        /// <summary>
        /// Shortest time between the starts of two requests: what job notices can make a board do at most.
        /// </summary>
        internal const int ShortestIntervalMs = 250;

        /// <summary>Longest wait that a refusal can order.</summary>
        internal const int RetryAfterMaxSeconds = 3600;

        // Adapters wake the board when something arrives; this is for a wake-up that was lost.
        private const int PollIntervalMs = 200;
        private const int RaisesInARowMax = 3;
        private const long Never = long.MaxValue;

        private readonly MinerOptions _options;
        private readonly IWorkSource _source;
        private readonly Counters _counters;
        private readonly Backoff _backoff;
        private readonly WorkHistory _history = new WorkHistory();
        private readonly byte[] _buffer = new byte[256];

        private bool _isWanted;
        private bool _isAsking;
        private long _notBefore;
        private long _startedAt = -ShortestIntervalMs;
        private ulong _counter;
        private int _raisesInARow;
        private HttpAnswer _answer;

        internal WorkFetcher(MinerOptions options, IWorkSource source, Counters counters, JitterSource jitter)
        {
            _options = options;
            _source = source;
            _counters = counters;
            _backoff = new Backoff(jitter);
        }

        /// <summary>Whether a request is under way.</summary>
        internal bool IsAsking
        {
            get { return _isAsking; }
        }

        /// <summary>The newest work.</summary>
        internal WorkRecord Work { get; private set; }

        /// <summary>The code of the gateway's refusal, when that was its last answer; otherwise 0.</summary>
        internal RefusalCode LastRefusal { get; private set; }

        /// <summary>When <see cref="Step"/> has something to do.</summary>
        internal long DueAt { get; private set; } = Never;

        /// <summary>Work is wanted, as soon as it is allowed to ask; harmless while it is already wanted.</summary>
        internal void Want(long now)
        {
            _isWanted = true;
            if (!_isAsking)
            {
                DueAt = now > _notBefore ? now : _notBefore;
            }
        }

        /// <summary>
        /// The gateway has shown signs of life: the next request need not wait for the back-off's end.
        /// </summary>
        internal void CutBackoffShort()
        {
            long earliest = _startedAt + ShortestIntervalMs;
            if (LastRefusal == 0 && _notBefore > earliest)
            {
                _notBefore = earliest;
            }
        }

        /// <summary>What happened before says nothing any more: another gateway, another network.</summary>
        internal void StartAfresh(long now)
        {
            Cancel();
            LastRefusal = 0;
            _raisesInARow = 0;
            _backoff.Reset();
            _notBefore = now;
        }

        /// <summary>No work is wanted any more; an answer under way is dropped.</summary>
        internal void Cancel()
        {
            _isWanted = false;
            _isAsking = false;
            DueAt = Never;
            _source.End();
        }

        /// <summary>Asks, or looks for the answer.</summary>
        internal WorkResult Step(long now)
        {
            if (!_isAsking)
            {
                if (_isWanted && now >= _notBefore)
                {
                    Ask(now);
                }

                return WorkResult.None;
            }

            ParseStatus status = Receive();
            if (status == ParseStatus.NeedMore && now - _startedAt < DeadlineMs)
            {
                DueAt = now + PollIntervalMs;
                return WorkResult.None;
            }

            _source.End();
            _isAsking = false;
            LastRefusal = 0;
            WorkResult result = status == ParseStatus.Done ? Judge(now) : WorkResult.Failed;
            Settle(result, now);
            return result;
        }

        private void Ask(long now)
        {
            _isAsking = true;
            _isWanted = false;
            _startedAt = now;
            _notBefore = now + ShortestIntervalMs;
            _counter = _counters.NextRequest();
            _answer = new HttpAnswer(WorkRecord.Length);
            Credential credential = Credential.ForWork(_options.DeviceId, _counter, _options.Key);
            _source.Begin(_options.Gateway, WorkRequest.Build(_options.Gateway, credential));
            DueAt = now + PollIntervalMs;
        }

        private ParseStatus Receive()
        {
            // An answer that needs more turns than this is longer than any answer.
            for (int turn = 0; turn < 16; turn++)
            {
                int count;
                switch (_source.Poll(_buffer, out count))
                {
                    case TransferStatus.Received:
                        ParseStatus status = _answer.Feed(_buffer, count);
                        if (status != ParseStatus.NeedMore)
                        {
                            return status;
                        }

                        break;
                    case TransferStatus.Closed:
                        return _answer.End();
                    case TransferStatus.Failed:
                        return ParseStatus.Invalid;
                    default:
                        return ParseStatus.NeedMore;
                }
            }

            return ParseStatus.NeedMore;
        }

        private WorkResult Judge(long now)
        {
            if (_answer.StatusCode != 200)
            {
                return _answer.Refusal == null ? WorkResult.Failed : JudgeRefusal(_answer.Refusal, now);
            }

            WorkRecord work;
            byte[] body = _answer.Body;
            if (WorkRecord.Parse(body, 0, _answer.BodyLength, out work) != ParseStatus.Done
                || !WorkRecord.IsAuthentic(body, 0, _options.Key, _options.DeviceId) || work.Counter != _counter)
            {
                return WorkResult.Forged;
            }

            if (_history.Overlaps(work))
            {
                return WorkResult.Repeated;
            }

            _history.Add(work);
            Work = work;
            return WorkResult.Work;
        }

        private WorkResult JudgeRefusal(string value, long now)
        {
            byte[] record;
            Refusal refusal;
            if (value.Length != 2 * Refusal.Length || !Hex.TryDecode(value, 0, Refusal.Length, out record)
                || Refusal.Parse(record, 0, record.Length, out refusal) != ParseStatus.Done)
            {
                return WorkResult.Failed;
            }

            LastRefusal = refusal.Code;
            bool isAuthentic = Refusal.IsAuthentic(record, 0, _options.Key, _options.DeviceId)
                && refusal.Counter == _counter;
            if (!isAuthentic)
            {
                return WorkResult.Failed;
            }

            if (refusal.Code == RefusalCode.CounterReplayed && _raisesInARow < RaisesInARowMax
                && _counters.RaiseAbove(refusal.CounterFloor))
            {
                return WorkResult.CounterRaised;
            }

            int seconds = refusal.RetryAfterSeconds;
            _notBefore = now + (1000L * (seconds < RetryAfterMaxSeconds ? seconds : RetryAfterMaxSeconds));
            return WorkResult.Refused;
        }

        // What comes after an answer: rest, ask at once, or ask after a while.
        private void Settle(WorkResult result, long now)
        {
            _raisesInARow = result == WorkResult.CounterRaised ? _raisesInARow + 1 : 0;
            if (result == WorkResult.Work)
            {
                _backoff.Reset();
            }
            else
            {
                _isWanted = true;
                long earliest = result == WorkResult.CounterRaised ? now : now + _backoff.Next();
                _notBefore = earliest > _notBefore ? earliest : _notBefore;
            }

            DueAt = _isWanted ? _notBefore : Never;
        }
    }
}
