using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Gateway.Access;

/// <summary>
/// API tokens: of the same form as the owner token, so that whatever takes one takes the other, and kept as digests.
/// </summary>
internal sealed class TokenBook(AccessStore store, CertificateAuthority authority, GatewayClock clock)
{
    /// <summary>More than programs read one gateway.</summary>
    public const int MaxTokens = 200;

    private static readonly long s_storeEveryMs = (long)TimeSpan.FromMinutes(1).TotalMilliseconds;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ApiToken> _tokens = [];
    private long _lastId;

    /// <summary>Takes a token from the store.</summary>
    public void Load(string digest, ApiToken token)
    {
        _tokens[digest] = token;
        _lastId = Math.Max(_lastId, token.Id);
    }

    /// <summary>Every token, the newest last.</summary>
    public ApiToken[] All()
    {
        lock (_gate)
        {
            return [.. _tokens.Values.OrderBy(token => token.Id)];
        }
    }

    /// <summary>Makes a token; returns when it is on the disk.</summary>
    /// <returns>The token and what to show once; null when there are too many or nothing can be stored.</returns>
    public async Task<(ApiToken Token, AccessCode Code)?> CreateAsync(
        string name, IReadOnlyList<string> scopes, long user, TimeSpan? life)
    {
        AccessCode code = AccessCode.Create(AccessCode.TokenOctets, authority.Certificate);
        string digest = AccessSecret.DigestOf(code.Secret);
        ApiToken token;
        Task? stored;
        lock (_gate)
        {
            long now = clock.UnixMs;
            long end = life is { } span ? now + (long)span.TotalMilliseconds : long.MaxValue;
            token = new ApiToken(_lastId + 1, name, scopes, user, now, end);
            stored = _tokens.Count < MaxTokens ? store.TryWrite(statements => statements.Put(token, digest)) : null;
            if (stored is null)
            {
                return null;
            }

            _tokens[digest] = token;
            _lastId = token.Id;
        }

        await stored;
        return (token, code);
    }

    /// <summary>The token of a secret, used now; null when there is none, or it is over.</summary>
    public ApiToken? Use(string secret)
    {
        lock (_gate)
        {
            long now = clock.UnixMs;
            if (_tokens.GetValueOrDefault(AccessSecret.DigestOf(secret)) is not { } token || token.EndMs <= now)
            {
                return null;
            }

            token.UsedMs = now;
            if (now - token.StoredMs >= s_storeEveryMs)
            {
                token.StoredMs = now;
                store.Note(statements => statements.TouchToken(token.Id, now));
            }

            return token;
        }
    }

    /// <summary>Whether a token is still good; it is not used by looking.</summary>
    /// <param name="id">The token's number.</param>
    public bool IsGood(long id)
    {
        lock (_gate)
        {
            return _tokens.Values.Any(token => token.Id == id && token.EndMs > clock.UnixMs);
        }
    }

    /// <summary>Revokes tokens; returns when that is on the disk.</summary>
    /// <returns>False when none was meant.</returns>
    public async Task<bool> RevokeAsync(Func<ApiToken, bool> isMeant)
    {
        List<Task> stored = [];
        lock (_gate)
        {
            foreach ((string digest, ApiToken token) in _tokens.Where(entry => isMeant(entry.Value)).ToArray())
            {
                _tokens.Remove(digest);
                stored.Add(store.Write(statements => statements.DropToken(token.Id)));
            }
        }

        await Task.WhenAll(stored);
        return stored.Count > 0;
    }
}
