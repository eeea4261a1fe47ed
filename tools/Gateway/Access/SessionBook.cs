using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Gateway.Access;

/// <summary>
/// Who is signed in. A session ends when it was not used for a while, when it is old, or when somebody ends it. One
/// that the disk does not know yet counts: its owner shall get in while the disk is full, and only a crash forgets it.
/// </summary>
internal sealed class SessionBook(AccessStore store, Live<AccessOptions> options, GatewayClock clock)
{
    /// <summary>Sessions of one user; a further one ends the one that was not used for longest.</summary>
    public const int MaxPerUser = 20;

    // What the last use is good for is counted in days.
    private static readonly long s_storeEveryMs = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Session> _sessions = [];

    /// <summary>Takes a session from the store.</summary>
    public void Load(Session session) => _sessions[session.Id] = session;

    /// <summary>Begins a session.</summary>
    /// <returns>Its secret; nothing keeps it but the browser that gets it.</returns>
    public string Begin(long user)
    {
        string secret = AccessSecret.Create(AccessSecret.SessionOctets);
        Session session = new(AccessSecret.DigestOf(secret), user, clock.UnixMs);
        lock (_gate)
        {
            EndLocked(_sessions.Values.Where(IsOver));
            EndLocked(_sessions.Values.Where(other => other.User == user)
                .OrderByDescending(other => other.UsedMs).Skip(MaxPerUser - 1));
            _sessions[session.Id] = session;
            store.Note(statements => statements.Put(session));
        }

        return secret;
    }

    /// <summary>The session of a secret, used now; null when there is none or it is over.</summary>
    public Session? Use(string secret)
    {
        if (secret.Length == 0)
        {
            return null;
        }

        string id = AccessSecret.DigestOf(secret);
        lock (_gate)
        {
            if (_sessions.GetValueOrDefault(id) is not { } session || IsOver(session))
            {
                return null;
            }

            long now = session.UsedMs = Math.Max(clock.UnixMs, session.UsedMs);
            if (now - session.StoredMs >= s_storeEveryMs)
            {
                session.StoredMs = now;
                store.Note(statements => statements.TouchSession(id, now));
            }

            return session;
        }
    }

    /// <summary>Whether a session goes on; it is not used by looking.</summary>
    /// <param name="id">The session's id.</param>
    public bool IsGood(string id)
    {
        lock (_gate)
        {
            return _sessions.TryGetValue(id, out Session? session) && !IsOver(session);
        }
    }

    /// <summary>Ends a session.</summary>
    public void End(string id)
    {
        lock (_gate)
        {
            EndLocked(_sessions.Values.Where(session => session.Id == id));
        }
    }

    /// <summary>Ends all of a user's sessions.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="but">The id of one that goes on; empty for none.</param>
    public void EndAll(long user, string but = "")
    {
        lock (_gate)
        {
            EndLocked(_sessions.Values.Where(session => session.User == user && session.Id != but));
        }
    }

    /// <summary>How many of a user's sessions go on.</summary>
    public int Count(long user)
    {
        lock (_gate)
        {
            return _sessions.Values.Count(session => session.User == user && !IsOver(session));
        }
    }

    private bool IsOver(Session session)
    {
        long now = clock.UnixMs;
        return now - session.UsedMs >= options.Now.SessionIdle.TotalMilliseconds
            || now - session.CreatedMs >= options.Now.SessionLife.TotalMilliseconds;
    }

    private void EndLocked(IEnumerable<Session> sessions)
    {
        foreach (Session session in sessions.ToArray())
        {
            _sessions.Remove(session.Id);
            store.Write(statements => statements.DropSession(session.Id));
        }
    }
}
