namespace MicroFirmware.Gateway.Proofs;

/// <summary>
/// What a board's findings have been worth so far. New boards, and those that come back, are on probation: they are
/// given planted proofs only. Guarded by the desk's lock.
/// </summary>
internal sealed class BoardStanding
{
    /// <summary>The first suspension; each further lie doubles it.</summary>
    public static readonly TimeSpan FirstSuspension = TimeSpan.FromHours(1);

    /// <summary>The longest suspension.</summary>
    public static readonly TimeSpan LongestSuspension = TimeSpan.FromDays(30);

    /// <summary>How long a board that does not answer is left alone.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    /// <summary>Findings in a row that make one lie forgotten.</summary>
    public const int RightForgivesLie = 100;

    private const int LateInRowMax = 3;

    /// <summary>Right findings that are still needed before real proofs come.</summary>
    public int Probation { get; set; }

    /// <summary>Lies that are not forgotten: what the next suspension depends on.</summary>
    public int Lies { get; set; }

    /// <summary>Nothing is asked of it until then.</summary>
    public DateTimeOffset SuspendedUntil { get; set; }

    /// <summary>Right findings ever.</summary>
    public long Right { get; set; }

    /// <summary>Findings that were not so, ever.</summary>
    public long Wrong { get; set; }

    /// <summary>Tasks that it did not answer in time, ever.</summary>
    public long Late { get; set; }

    private DateTimeOffset RestsUntil { get; set; }

    private int LateInRow { get; set; }

    /// <summary>Whether it is asked for anything.</summary>
    public bool IsAsked(DateTimeOffset now) => now >= SuspendedUntil && now >= RestsUntil;

    /// <summary>Whether it is asked for real proofs.</summary>
    public bool IsTrusted(DateTimeOffset now) => IsAsked(now) && Probation == 0;

    /// <summary>It was right.</summary>
    public void Count()
    {
        LateInRow = 0;
        Probation = Math.Max(0, Probation - 1);
        if (++Right % RightForgivesLie == 0)
        {
            Lies = Math.Max(0, Lies - 1);
        }
    }

    /// <summary>It said what was not so.</summary>
    /// <param name="now">The time.</param>
    /// <param name="probation">Right findings it needs afterwards.</param>
    public void Suspend(DateTimeOffset now, int probation)
    {
        Wrong++;
        TimeSpan length = FirstSuspension * Math.Pow(2, Math.Min(Lies++, 16));
        SuspendedUntil = now + (length < LongestSuspension ? length : LongestSuspension);
        Probation = probation;
    }

    /// <summary>It did not answer.</summary>
    public void Miss(DateTimeOffset now)
    {
        Late++;
        if (++LateInRow >= LateInRowMax)
        {
            LateInRow = 0;
            RestsUntil = now + Rest;
        }
    }
}
