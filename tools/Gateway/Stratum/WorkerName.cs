using System.Buffers;
using MicroFirmware.Bitcoin;

namespace MicroFirmware.Gateway.Stratum;

/// <summary>Who mines, as a Stratum miner's user name says it: <c>account.worker</c>.</summary>
/// <param name="Account">Who is paid: an address, or a name of the owner's choice.</param>
/// <param name="Worker">Which of his miners it is.</param>
internal readonly record struct WorkerName(string Account, string Worker)
{
    /// <summary>Characters of an account: the longest address, and some.</summary>
    public const int MaxAccount = 96;

    /// <summary>Characters of a worker.</summary>
    public const int MaxWorker = 32;

    /// <summary>The worker of a user name that names none.</summary>
    public const string DefaultWorker = "default";

    // A cash address has a colon.
    private static readonly SearchValues<char> s_characters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:");

    /// <summary>The device's id. It holds a dot, which no id of a board does: nobody can name himself a
    /// board.</summary>
    public string DeviceId => $"{Account}.{Worker}";

    /// <summary>Reads a user name.</summary>
    /// <param name="user">As authorised.</param>
    /// <param name="name">The name where the answer is true.</param>
    /// <param name="problem">What is wrong otherwise, as a sentence in ASCII.</param>
    public static bool TryParse(string user, out WorkerName name, out string problem)
    {
        int dot = user.IndexOf('.');
        name = dot < 0 ? new(user, DefaultWorker) : new(user[..dot], user[(dot + 1)..]);
        if (name.Worker.Length == 0)
        {
            name = name with { Worker = DefaultWorker };
        }

        bool isGood = name.Account.Length is >= 1 and <= MaxAccount && name.Worker.Length <= MaxWorker
            && name.Account.AsSpan().IndexOfAnyExcept(s_characters) < 0
            && name.Worker.AsSpan().IndexOfAnyExcept(s_characters) < 0;
        problem = !isGood ? "User is account.worker of letters, digits, - and _"
            : IsMistyped(name.Account) ? "Address is mistyped: its checksum is wrong"
            : "";
        return problem.Length == 0;
    }

    /// <summary>An account that begins like a segwit address and is none: what is paid there would be lost.</summary>
    private static bool IsMistyped(string account)
    {
        bool looksLikeOne = false;
        foreach (AddressFormat format in Coin.All.Values.Select(coin => coin.Addresses))
        {
            if (format.Hrp is { } hrp && account.Length > hrp.Length + 20
                && account.StartsWith(hrp + "1", StringComparison.OrdinalIgnoreCase))
            {
                looksLikeOne = true;
                if (Address.TryToScript(account, format, out _))
                {
                    return false;
                }
            }
        }

        return looksLikeOne;
    }
}
