using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Gateway.Access;

/// <summary>
/// The one-time link that makes an owner's sign-in, or gives it another password. It lies as a digest in a file of the
/// data directory: who can write there is the owner of the gateway, whether it runs or not, and can never be locked
/// out. One at a time; a new one takes the old one's place.
/// </summary>
public sealed class OwnerLink
{
    private const string FileName = "sign-in.link";
    private const UnixFileMode ReadableByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead
        | UnixFileMode.OtherRead;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly TimeProvider _time;

    /// <summary>The link of a data directory.</summary>
    /// <param name="folder">The directory.</param>
    /// <param name="time">Says when a link is over.</param>
    public OwnerLink(string folder, TimeProvider time) => (_path, _time) = (Path.Combine(folder, FileName), time);

    /// <summary>Makes a link.</summary>
    /// <param name="life">How long it is good.</param>
    /// <returns>Its code, for <see cref="PathOf"/>: to be shown once.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory is somebody else's.</exception>
    public string Create(TimeSpan life)
    {
        string code = AccessSecret.Create(AccessSecret.LinkOctets);
        long end = (_time.GetUtcNow() + life).ToUnixTimeMilliseconds();
        lock (_gate)
        {
            OwnerFile.Write(_path, Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{AccessSecret.DigestOf(code)} {end}\n")));
            if (!OperatingSystem.IsWindows())
            {
                // The gateway reads what an administrator wrote; a digest tells nobody the code.
                File.SetUnixFileMode(_path, ReadableByAll);
            }
        }

        return code;
    }

    /// <summary>Where a gateway takes a code: to be put behind its address.</summary>
    public static string PathOf(string code) => $"/welcome/{code}";

    /// <summary>Whether a code is the link's, which is still good.</summary>
    internal bool IsGood(string code)
    {
        lock (_gate)
        {
            return IsGoodLocked(code);
        }
    }

    /// <summary>Uses the link up: before anything comes of it, so that a crash cannot make it good twice.</summary>
    internal bool TryUse(string code)
    {
        lock (_gate)
        {
            bool isGood = IsGoodLocked(code);
            if (isGood)
            {
                File.Delete(_path);
            }

            return isGood;
        }
    }

    private bool IsGoodLocked(string code)
    {
        try
        {
            string[] words = File.Exists(_path) ? File.ReadAllText(_path).Split((char[]?)null,
                StringSplitOptions.RemoveEmptyEntries) : [];
            return words.Length == 2
                && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long end)
                && _time.GetUtcNow().ToUnixTimeMilliseconds() < end
                && CryptographicOperations.FixedTimeEquals(
                    Encoding.ASCII.GetBytes(words[0]), Encoding.ASCII.GetBytes(AccessSecret.DigestOf(code)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
