using MicroFirmware.Gateway.Payments;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Paywall;
using MicroFirmware.Paywall.Stores;
using MicroFirmware.Protocol;

namespace MicroFirmware.Gateway.Payouts;

/// <summary>
/// Proof that the holder of an account says where it is to be paid: the credential of a payment
/// (<see cref="PaymentCredential"/>) in which the payee is <c>target:</c> and the target, and the highest price is the
/// threshold in millisatoshi, 0 for the gateway's own. Counters are those of payments.
/// </summary>
internal sealed class TargetProof(PayerBook payers, PaywallStore store)
{
    private const string PayeePrefix = "target:";

    /// <summary>Judges a request.</summary>
    /// <param name="authorization">The header field.</param>
    /// <param name="device">Whose account it is about.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="path">The request's target.</param>
    /// <param name="target">Where the account is to be paid; empty for nowhere.</param>
    /// <param name="thresholdMsat">From when on; 0 for the gateway's own.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Whether it is proven, and for which account.</returns>
    public async Task<(ProofResult Result, Account? Account)> JudgeAsync(
        string authorization,
        string device,
        string method,
        string path,
        string target,
        ulong thresholdMsat,
        CancellationToken cancel)
    {
        if (!PaymentCredential.TryParse(authorization, out PaymentCredential proof) || proof.Counter > long.MaxValue)
        {
            return (ProofResult.Malformed, null);
        }

        Payer? payer = payers.Find(proof.Payer);
        bool isHis = payer is not null && proof.Payer == device && proof.MostMsat == thresholdMsat
            && target.All(char.IsAscii) && path.All(char.IsAscii)
            && proof.IsSignedWith(payer.Key, PayeePrefix + target, method, path);
        return !isHis ? (ProofResult.BadMac, null)
            : await store.RaiseAsync(proof.Payer, (long)proof.Counter, cancel) switch
            {
                true => (ProofResult.Good, payer!.Account),
                false => (ProofResult.Replayed, null),
                null => (ProofResult.Busy, null),
            };
    }
}
