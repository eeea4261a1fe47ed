using System.Runtime.CompilerServices;
using MicroFirmware.Gateway.Jobs;

namespace MicroFirmware.Gateway.Stratum;

/// <summary>On what terms a connection was given its last jobs. Not safe for use by several threads at once.</summary>
internal struct IssuedJobs
{
    /// <summary>As many as there are jobs kept, and each issued twice.</summary>
    private const int Remembered = 32;

    private Ring _issues;
    private byte _last;

    /// <summary>The next issue's first ntime: its job's, or where the same headers were issued last, a later one.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="now">Seconds since 1970.</param>
    public readonly uint FirstNTime(Job job, uint now)
    {
        ref readonly Issue last = ref _issues[_last % Remembered];
        if (last.HeadersId != job.HeadersId)
        {
            return job.Template.Time;
        }

        // A miner that rolls ntime follows the clock: what it has hashed before now stays with the issue before.
        uint after = last.Terms.FirstNTime + 1;
        uint most = last.Terms.FirstNTime + (uint)JobOptions.DefaultNTimeRefresh.TotalSeconds;
        return Math.Max(job.Template.Time, Math.Clamp(now, after, most));
    }

    /// <summary>Notes an issue; one of the same headers ends the issue before it.</summary>
    /// <returns>Its number.</returns>
    public byte Add(Job job, in ConnectionTerms terms)
    {
        ref Issue last = ref _issues[_last % Remembered];
        if (last.HeadersId == job.HeadersId)
        {
            last.Terms = last.Terms with { EndNTime = terms.FirstNTime };
        }

        _last++;
        _issues[_last % Remembered] = new Issue { JobId = job.Id, HeadersId = job.HeadersId, Terms = terms };
        return _last;
    }

    /// <summary>Finds the terms of an issue by its number.</summary>
    /// <returns>False where there was none, or it is forgotten.</returns>
    public readonly bool TryFind(ulong job, byte issue, out ConnectionTerms terms)
    {
        ref readonly Issue found = ref _issues[issue % Remembered];
        terms = found.Terms;
        return (byte)(_last - issue) < Remembered && found.JobId == job && job != 0;
    }

    private struct Issue
    {
        public ulong JobId;
        public ulong HeadersId;
        public ConnectionTerms Terms;
    }

    [InlineArray(Remembered)]
    private struct Ring
    {
        private Issue _first;
    }
}
