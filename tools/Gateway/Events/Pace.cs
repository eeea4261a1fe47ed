namespace MicroFirmware.Gateway.Events;

/// <summary>How often something happened within an hour; what happens all the time is told of once.</summary>
internal sealed class Pace
{
    /// <summary>So many times within an hour are worth a sentence each.</summary>
    public const int MostPerHour = 3;

    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    private readonly Queue<TimeSpan> _times = [];

    /// <summary>True from the time that is one too many until nothing has happened for an hour.</summary>
    public bool IsUnsteady { get; private set; }

    /// <summary>It happened.</summary>
    /// <returns>How it is to be told.</returns>
    public Telling Count(TimeSpan now)
    {
        Rest(now);
        _times.Enqueue(now);
        if (_times.Count <= MostPerHour)
        {
            return Telling.Event;
        }

        _times.Dequeue();
        Telling telling = IsUnsteady ? Telling.Nothing : Telling.Unsteady;
        IsUnsteady = true;
        return telling;
    }

    /// <summary>Time has passed.</summary>
    public void Rest(TimeSpan now)
    {
        while (_times.TryPeek(out TimeSpan first) && now - first >= s_hour)
        {
            _times.Dequeue();
        }

        IsUnsteady &= _times.Count > 0;
    }

    /// <summary>How something is to be told.</summary>
    internal enum Telling
    {
        /// <summary>As what it is.</summary>
        Event,

        /// <summary>As the one time too many.</summary>
        Unsteady,

        /// <summary>Not at all.</summary>
        Nothing,
    }
}
