using System.Text;
using MicroFirmware.Gateway.Configuration;
using MicroFirmware.Gateway.Trust;

namespace MicroFirmware.Gateway.Backups;

/// <summary>
/// A restored ledger does not know what was paid since its backup, and would pay it again. So after a restore every
/// payout waits for its owner's approval, who sees at the node what was paid, until they remove a file and start the
/// gateway again.
/// </summary>
public static class PayoutHold
{
    /// <summary>The file in the data directory.</summary>
    public const string FileName = "payouts.held";

    private const string Text = "This directory was restored from a backup; payouts made since are not in its ledger.\n"
        + "Every payout waits for the owner's approval until this file is removed and the gateway started again.\n";

    /// <summary>Holds the payouts of a directory.</summary>
    internal static void Make(string directory) =>
        OwnerFile.Write(Path.Combine(directory, FileName), Encoding.ASCII.GetBytes(Text));

    /// <summary>Takes the hold into account, where there is one.</summary>
    internal static void Apply(GatewayOptions options)
    {
        if (File.Exists(Path.Combine(options.Storage.DataDirectory, FileName)))
        {
            options.Payouts.Hold();
        }
    }

    /// <summary>Holds what is set anew as what was set before: a hold ends with a start only.</summary>
    internal static void Keep(GatewayOptions next, GatewayOptions running)
    {
        if (running.Payouts.IsHeld)
        {
            next.Payouts.Hold();
        }
    }
}
