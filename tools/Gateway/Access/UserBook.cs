namespace MicroFirmware.Gateway.Access;

/// <summary>Everybody who may sign in, in memory; each change is on the disk before it is confirmed.</summary>
internal sealed class UserBook(AccessStore store, GatewayClock clock)
{
    /// <summary>More than a household or a workshop has; it bounds sessions too.</summary>
    public const int MaxUsers = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, User> _users = [];
    private long _lastId;

    /// <summary>Whether somebody can sign in as an owner.</summary>
    public bool HasOwner => All().Any(user => user.Role == AccessRole.Owner);

    /// <summary>Takes a user from the store.</summary>
    public void Load(User user)
    {
        _users[user.Id] = user;
        _lastId = Math.Max(_lastId, user.Id);
    }

    /// <summary>Everybody, in the order in which they came.</summary>
    public User[] All()
    {
        lock (_gate)
        {
            return [.. _users.Values.OrderBy(user => user.Id)];
        }
    }

    /// <summary>The user of a number.</summary>
    public User? Find(long id)
    {
        lock (_gate)
        {
            return FindLocked(id);
        }
    }

    /// <summary>The user of a name.</summary>
    public User? Find(string name)
    {
        lock (_gate)
        {
            return FindLocked(name);
        }
    }

    /// <summary>Makes a user.</summary>
    /// <returns>Null and why not: the name is taken, there are too many, or nothing can be stored.</returns>
    public async Task<(User? User, SignInStatus Status)> AddAsync(string name, AccessRole role, string password)
    {
        User user;
        Task? stored;
        lock (_gate)
        {
            if (FindLocked(name) is not null || _users.Count >= MaxUsers)
            {
                return (null, _users.Count >= MaxUsers ? SignInStatus.TooManyUsers : SignInStatus.NameTaken);
            }

            user = new User(_lastId + 1, name, role, password, clock.UnixMs);
            stored = store.TryWrite(statements => statements.Put(user));
            if (stored is null)
            {
                return (null, SignInStatus.StoreUnavailable);
            }

            _users[user.Id] = user;
            _lastId = user.Id;
        }

        await stored;
        return (user, SignInStatus.SignedIn);
    }

    /// <summary>Gives a user another password. It counts at once.</summary>
    /// <param name="user">As they were found: who has changed since is left as they are.</param>
    /// <param name="password">The hash.</param>
    /// <returns>The user as they are now, when that is on the disk; null when nothing can be stored, or the user has
    /// changed or is gone.</returns>
    public async Task<User?> SetPasswordAsync(User user, string password)
    {
        User changed = user with { Password = password };
        Task? stored;
        lock (_gate)
        {
            stored = FindLocked(user.Id) == user ? store.TryWrite(statements => statements.Put(changed)) : null;
            if (stored is null)
            {
                return null;
            }

            _users[user.Id] = changed;
        }

        await stored;
        return changed;
    }

    /// <summary>Removes a user; the last owner stays.</summary>
    public async Task<RemoveResult> RemoveAsync(string name)
    {
        Task stored;
        lock (_gate)
        {
            if (FindLocked(name) is not { } user)
            {
                return RemoveResult.Unknown;
            }

            if (user.Role == AccessRole.Owner && _users.Values.Count(u => u.Role == AccessRole.Owner) == 1)
            {
                return RemoveResult.LastOwner;
            }

            _users.Remove(user.Id);
            stored = store.Write(statements => statements.DropUser(user.Id));
        }

        await stored;
        return RemoveResult.Removed;
    }

    private User? FindLocked(long id) => _users.GetValueOrDefault(id);

    private User? FindLocked(string name) =>
        _users.Values.FirstOrDefault(user => user.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
