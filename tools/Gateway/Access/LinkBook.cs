using MicroFirmware.Gateway.Configuration;

namespace MicroFirmware.Gateway.Access;

/// <summary>One-time links by which the owner lets others in; they outlive a restart.</summary>
internal sealed class LinkBook(AccessStore store, Live<AccessOptions> options, GatewayClock clock)
{
    // As many as users: one link makes one.
    private const int MaxLinks = UserBook.MaxUsers;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Invitation> _links = [];

    /// <summary>Takes a link from the store.</summary>
    public void Load(string digest, Invitation link) => _links[digest] = link;

    /// <summary>Makes a link; returns when it is on the disk.</summary>
    /// <returns>Its secret and end; null when there are too many or nothing can be stored.</returns>
    public async Task<(string Code, DateTimeOffset End)?> CreateAsync(AccessRole role, long user)
    {
        string code = AccessSecret.Create(AccessSecret.LinkOctets);
        string digest = AccessSecret.DigestOf(code);
        DateTimeOffset end = DateTimeOffset.FromUnixTimeMilliseconds(clock.UnixMs) + options.Now.InvitationLife;
        Invitation link = new(role, user, end.ToUnixTimeMilliseconds());
        Task? stored;
        lock (_gate)
        {
            DropOldLocked();
            stored = _links.Count < MaxLinks ? store.TryWrite(statements => statements.Put(link, digest)) : null;
            if (stored is null)
            {
                return null;
            }

            _links[digest] = link;
        }

        await stored;
        return (code, end);
    }

    /// <summary>What a link is good for; null for nothing.</summary>
    public AccessRole? Look(string code)
    {
        lock (_gate)
        {
            DropOldLocked();
            return _links.GetValueOrDefault(AccessSecret.DigestOf(code))?.Role;
        }
    }

    /// <summary>Uses a link up.</summary>
    /// <returns>False when it is none, is over, or somebody else was faster.</returns>
    public bool TryUse(string code)
    {
        lock (_gate)
        {
            DropOldLocked();
            return DropLocked(AccessSecret.DigestOf(code));
        }
    }

    /// <summary>Withdraws what somebody has given out.</summary>
    public void DropOf(long user)
    {
        lock (_gate)
        {
            foreach (string digest in _links.Where(link => link.Value.User == user).Select(link => link.Key).ToArray())
            {
                DropLocked(digest);
            }
        }
    }

    private void DropOldLocked()
    {
        long now = clock.UnixMs;
        foreach (string digest in _links.Where(link => link.Value.EndMs <= now).Select(link => link.Key).ToArray())
        {
            DropLocked(digest);
        }
    }

    private bool DropLocked(string digest)
    {
        bool dropped = _links.Remove(digest);
        if (dropped)
        {
            store.Write(statements => statements.DropLink(digest));
        }

        return dropped;
    }
}
