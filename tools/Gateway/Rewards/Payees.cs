using MicroFirmware.Ledger.Book;

namespace MicroFirmware.Gateway.Rewards;

/// <summary>For which account a device earns.</summary>
internal static class Payees
{
    /// <summary>A board earns for itself. A Stratum miner is <c>account.worker</c>, and earns for the account, which
    /// may be a Lightning address and then has dots of its own.</summary>
    /// <param name="device">As <see cref="Account.NameOf"/> writes it.</param>
    public static Account Of(string device)
    {
        int dot = device.Contains('@') ? device.LastIndexOf('.') : device.IndexOf('.');
        return dot < 0 ? Account.Device(device) : Account.Miner(device[..dot]);
    }
}
