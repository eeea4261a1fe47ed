using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MicroFirmware.Gateway.Access;

/// <summary>
/// Passwords as they are kept: PBKDF2-HMAC-SHA256 (RFC 8018 §5.2), written
/// <c>pbkdf2-sha256$iterations$salt$hash</c>, so that the count can grow: who signs in with an old one is hashed anew.
/// One at a time is worked on, so that whoever tries many passwords gets no more than a core.
/// </summary>
internal sealed class PasswordHash(Func<int> iterations) : IDisposable
{
    /// <summary>Characters of a password, at least: NIST SP 800-63B asks for 8.</summary>
    public const int MinLength = 10;

    /// <summary>Characters at most: NIST SP 800-63B asks for 64 or more.</summary>
    public const int MaxLength = 128;

    // "aaaaaaaaaa" is ten characters too.
    private const int MinDifferent = 5;

    private const string Name = "pbkdf2-sha256";
    private const int SaltOctets = 16;
    private const int HashOctets = 32;
    private const int MaxWaiting = 8;

    private readonly SemaphoreSlim _turn = new(1);
    private int _waiting;

    /// <summary>With a count that does not change.</summary>
    public PasswordHash(int iterations)
        : this(() => iterations)
    {
    }

    /// <summary>Whether a password is one that we take for a user.</summary>
    public static bool IsGood(string? password, string user) => password is { Length: >= MinLength and <= MaxLength }
        && password.Distinct().Count() >= MinDifferent
        && !password.Contains(user, StringComparison.OrdinalIgnoreCase);

    /// <summary>Hashes a new password.</summary>
    /// <returns>Null when too many wait.</returns>
    public async Task<string?> MakeAsync(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltOctets);
        int count = iterations();
        return await DeriveAsync(password, salt, count) is { } hash ? Write(count, salt, hash) : null;
    }

    /// <summary>Compares a password with what is kept; it takes as long where nothing is kept.</summary>
    /// <param name="kept">The hash; null for nobody's.</param>
    /// <param name="password">What was typed.</param>
    /// <returns>Null when too many wait.</returns>
    public async Task<bool?> IsRightAsync(string? kept, string password)
    {
        (int count, byte[] salt, byte[] expected) = Read(kept ?? Nobodys());
        return await DeriveAsync(password, salt, count) is { } hash
            ? CryptographicOperations.FixedTimeEquals(hash, expected) & kept is not null
            : null;
    }

    /// <summary>Whether what is kept is easier to guess than a new hash would be.</summary>
    public bool IsOld(string kept) => Read(kept).Iterations < iterations();

    public void Dispose() => _turn.Dispose();

    private string Nobodys() => Write(iterations(), new byte[SaltOctets], new byte[HashOctets]);

    private static string Write(int count, byte[] salt, byte[] hash) => string.Create(CultureInfo.InvariantCulture,
        $"{Name}${count}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");

    private static (int Iterations, byte[] Salt, byte[] Hash) Read(string kept)
    {
        string[] parts = kept.Split('$');
        return (int.Parse(parts[1], CultureInfo.InvariantCulture),
            Convert.FromBase64String(parts[2]), Convert.FromBase64String(parts[3]));
    }

    private async Task<byte[]?> DeriveAsync(string password, byte[] salt, int count)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        await _turn.WaitAsync();
        try
        {
            return await Task.Run(() => Rfc2898DeriveBytes.Pbkdf2(
                Encoding.UTF8.GetBytes(password), salt, count, HashAlgorithmName.SHA256, HashOctets));
        }
        finally
        {
            _turn.Release();
            Interlocked.Decrement(ref _waiting);
        }
    }
}
