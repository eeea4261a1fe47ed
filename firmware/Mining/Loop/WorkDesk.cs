using MicroFirmware.Protocol;

namespace MicroFirmware.Mining
{
    /// <summary>
    /// The work at hand: where it came from, how long it is good for, when new work is to be asked for.
    /// </summary>
    internal sealed class WorkDesk
    {
        /// <summary>
        /// Shares after which the work was too easy, or is old: a board whose speed the gateway misjudges hears of it
        /// at its next request, long before its queue is full.
        /// </summary>
        internal const int SharesPerWork = 16;

        private const long Never = long.MaxValue;

        private readonly WorkFetcher _fetcher;
        private readonly MinerStatistics _statistics;
        private readonly IConsole _console;
        private bool _isResting;
        private int _shares;
        private long _renewAt = Never;
        private long _expiresAt = Never;

        internal WorkDesk(WorkFetcher fetcher, MinerStatistics statistics, IConsole console)
        {
            _fetcher = fetcher;
            _statistics = statistics;
            _console = console;
        }

        /// <summary>The headers to hash, or null.</summary>
        internal HeaderSpace Current { get; private set; }

        /// <summary>Whether the work before the current one is worthless.</summary>
        internal bool IsEarlierWorkStale { get; private set; }

        /// <summary>When <see cref="Step"/> has something to do.</summary>
        internal long DueAt
        {
            get
            {
                long due = _renewAt < _expiresAt ? _renewAt : _expiresAt;
                return _fetcher.DueAt < due ? _fetcher.DueAt : due;
            }
        }

        /// <summary>Whether a request is under way.</summary>
        internal bool IsAsking
        {
            get { return _fetcher.IsAsking; }
        }

        /// <summary>New work is wanted; what there is stays good until then.</summary>
        internal void Renew(long now)
        {
            if (!_isResting)
            {
                _fetcher.Want(now);
            }
        }

        /// <summary>The gateway is there again: new work is wanted, and a back-off is cut short.</summary>
        internal void RenewAtOnce(long now)
        {
            _fetcher.CutBackoffShort();
            Renew(now);
        }

        /// <summary>What there is is worthless; new work is wanted.</summary>
        internal void Replace(long now)
        {
            Clear();
            IsEarlierWorkStale = true;
            Renew(now);
        }

        /// <summary>A share was found in the current work.</summary>
        internal void CountShare(long now)
        {
            _shares++;
            if (_shares >= SharesPerWork)
            {
                _shares = 0;
                Renew(now);
            }
        }

        /// <summary>No work is wanted for now; what there is stays until it expires.</summary>
        internal void Rest()
        {
            _isResting = true;
            _renewAt = Never;
            _fetcher.Cancel();
        }

        /// <summary>Rests or wakes, if that is a change.</summary>
        internal void Rest(bool isResting, long now)
        {
            if (isResting && !_isResting)
            {
                Rest();
            }
            else if (!isResting && _isResting)
            {
                Wake(now);
            }
        }

        /// <summary>The same gateway over another network: work at hand stays good.</summary>
        internal void Reconnect(long now)
        {
            _fetcher.StartAfresh(now);
            Renew(now);
        }

        /// <summary>Another gateway: nothing of before is of use.</summary>
        internal void StartAfresh(long now)
        {
            _fetcher.StartAfresh(now);
            Replace(now);
        }

        /// <summary>Work is wanted again.</summary>
        internal void Wake(long now)
        {
            _isResting = false;
            _fetcher.CutBackoffShort();
            Renew(now);
        }

        /// <summary>A new job was announced.</summary>
        internal void Notice(JobNotice notice, long now)
        {
            if (Current != null && Current.Work.JobId == notice.JobId)
            {
                return;
            }

            if (notice.CleanJobs)
            {
                Replace(now);
            }
            else
            {
                Renew(now);
            }
        }

        /// <summary>Lets work expire, and goes on with asking.</summary>
        internal void Step(long now)
        {
            if (now >= _expiresAt)
            {
                Replace(now);
            }

            if (now >= _renewAt)
            {
                _renewAt = Never;
                Renew(now);
            }

            if (_fetcher.IsAsking || now >= _fetcher.DueAt)
            {
                Take(_fetcher.Step(now), now);
            }
        }

        private void Take(WorkResult result, long now)
        {
            switch (result)
            {
                case WorkResult.None:
                    return;
                case WorkResult.Work:
                    Accept(_fetcher.Work, now);
                    return;
                case WorkResult.CounterRaised:
                    _console.WriteLine("work: the gateway says where its counter stands; going on above");
                    return;
                case WorkResult.Forged:
                    _statistics.WorkRefused++;
                    _console.WriteLine("work: not from our gateway, or for another request; not used");
                    break;
                case WorkResult.Repeated:
                    _statistics.WorkRefused++;
                    _console.WriteLine("work: headers that were given before; not used");
                    break;
                case WorkResult.Refused:
                    _console.WriteLine("work: refused by the gateway, code " + ((int)_fetcher.LastRefusal).ToString());
                    break;
                default:
                    _console.WriteLine("work: no usable answer from the gateway");
                    break;
            }

            _statistics.FetchFailures++;
        }

        private void Accept(WorkRecord work, long now)
        {
            int validityMs = work.ValiditySeconds * 1000;
            Current = new HeaderSpace(work);
            _shares = 0;
            IsEarlierWorkStale = work.CleanJobs;
            _expiresAt = now + validityMs;
            _renewAt = now + (validityMs / 4 * 3);
            _statistics.WorkAccepted++;
            _console.WriteLine(
                "work: job " + Hex.Encode(work.JobId) + " lane " + work.Lane.ToString() + " height "
                + work.Height.ToString() + " difficulty " + Difficulty.ToText(Work.OfTarget(work.ShareTarget)));
        }

        private void Clear()
        {
            Current = null;
            _renewAt = Never;
            _expiresAt = Never;
        }
    }
}
