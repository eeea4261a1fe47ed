using MicroFirmware.Gateway.Devices;
using MicroFirmware.Gateway.Owner;
using MicroFirmware.Gateway.Rewards;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Paywall;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Payments;

/// <summary>Who may pay with a balance: every board that is not revoked, with its own key, and the owner.</summary>
internal sealed class PayerBook(DeviceRegistry registry, OwnerToken token)
{
    /// <summary>The payer of a name; null for nobody.</summary>
    public Payer? Find(string name)
    {
        if (name == PaymentCredential.Owner)
        {
            return new Payer(Account.Owner, token.PaymentKey);
        }

        return registry.Find(name) is { IsRevoked: false } device
            ? new Payer(Payees.Of(Account.NameOf(device.Id)), device.Key)
            : null;
    }
}
