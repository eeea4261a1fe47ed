using System.Text;

namespace MicroFirmware.Ledger.Book;

/// <summary>An account: what its entries count, and whether it may owe. Its balance is credits less debits.</summary>
/// <param name="Name">1 to <see cref="MaxNameLength"/> characters of <c>a-z A-Z 0-9 - . _ @ % :</c>.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="MayOwe">Whether its balance may be below zero: an account of the world outside.</param>
public sealed record Account(string Name, LedgerUnit Unit, bool MayOwe = false)
{
    /// <summary>Characters of a name: an address with a worker's name and our own words around it.</summary>
    public const int MaxNameLength = 255;

    private const string MinerPrefix = "miner:";
    private const string DevicePrefix = "device:";
    private const string WorkSuffix = ":work";

    /// <summary>Where proven work comes from.</summary>
    public static Account Proofs { get; } = new("proofs", LedgerUnit.Work, MayOwe: true);

    /// <summary>What found blocks paid.</summary>
    public static Account Chain { get; } = new("chain", LedgerUnit.MilliSatoshi, MayOwe: true);

    /// <summary>What found blocks paid that were divided and whose coins are worth nothing: their chain is easier to
    /// mine than any that is traded.</summary>
    public static Account Practice { get; } = new("practice", LedgerUnit.MilliSatoshi, MayOwe: true);

    /// <summary>What the operator promised by tariff.</summary>
    public static Account Operator { get; } = new("operator", LedgerUnit.MilliSatoshi, MayOwe: true);

    /// <summary>A reward while it is being divided.</summary>
    public static Account Pool { get; } = new("pool", LedgerUnit.MilliSatoshi);

    /// <summary>What the pool keeps.</summary>
    public static Account Fees { get; } = new("fees", LedgerUnit.MilliSatoshi);

    /// <summary>The gateway's owner.</summary>
    public static Account Owner { get; } = new("owner", LedgerUnit.MilliSatoshi);

    /// <summary>Payouts in flight.</summary>
    public static Account Payouts { get; } = new("payouts", LedgerUnit.MilliSatoshi);

    /// <summary>What has left for good.</summary>
    public static Account Paid { get; } = new("paid", LedgerUnit.MilliSatoshi);

    /// <summary>What coinbases paid beyond balances that had shrunk since their jobs were made: the owner's loss.
    /// </summary>
    public static Account Overpaid { get; } = new("overpaid", LedgerUnit.MilliSatoshi, MayOwe: true);

    /// <summary>The address that a miner's account is named by; null where it is another's account.</summary>
    /// <param name="account">An account's name.</param>
    public static string? MinerOf(string account) =>
        account.StartsWith(MinerPrefix, StringComparison.Ordinal) ? account[MinerPrefix.Length..] : null;

    /// <summary>Whether the name is one that can be booked on.</summary>
    public bool IsValid => Name.Length is > 0 and <= MaxNameLength && Name.All(IsNameCharacter)
        && Unit is LedgerUnit.Work or LedgerUnit.MilliSatoshi;

    /// <summary>A device's id as accounts write it: what no name may hold becomes UTF-8 octets, <c>%</c> and two digits
    /// each, so that no two ids share an account.</summary>
    public static string NameOf(string device) =>
        device.All(c => IsNameCharacter(c) && c is not (':' or '%')) ? device : Escape(device);

    /// <summary>Of a Stratum miner that says <c>account.worker</c>, the account: all its workers earn for it.</summary>
    /// <param name="account">As <see cref="NameOf"/> writes it.</param>
    public static Account Miner(string account) => new(MinerPrefix + account, LedgerUnit.MilliSatoshi);

    /// <summary>What a device was credited.</summary>
    /// <param name="id">The device, as <see cref="NameOf"/> writes it.</param>
    public static Account Device(string id) => new(DevicePrefix + id, LedgerUnit.MilliSatoshi);

    /// <summary>A device's work that no tariff has paid.</summary>
    /// <param name="id">The device, as <see cref="NameOf"/> writes it.</param>
    public static Account DeviceWork(string id) => new(DevicePrefix + id + WorkSuffix, LedgerUnit.Work);

    /// <summary>A device's work that was paid at a price.</summary>
    /// <param name="id">The device, as <see cref="NameOf"/> writes it.</param>
    /// <param name="price">The price as <see cref="Rewards.Tariff"/> writes it.</param>
    public static Account DeviceTariff(string id, string price) =>
        new($"{DevicePrefix}{id}:tariff:{price}", LedgerUnit.Work);

    /// <summary>The device whose unpaid work an account holds; null where it holds something else.</summary>
    public static string? DeviceOfWork(string account) =>
        account.StartsWith(DevicePrefix, StringComparison.Ordinal)
        && account.EndsWith(WorkSuffix, StringComparison.Ordinal)
            ? account[DevicePrefix.Length..^WorkSuffix.Length]
            : null;

    private static string Escape(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(octet =>
        octet < 0x80 && IsNameCharacter((char)octet) && octet is not ((byte)':' or (byte)'%')
            ? ((char)octet).ToString()
            : $"%{octet:X2}"));

    private static bool IsNameCharacter(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '@' or '%' or ':';
}
