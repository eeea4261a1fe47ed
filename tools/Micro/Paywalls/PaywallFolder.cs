using MicroFirmware.Gateway.Payments;
using MicroFirmware.Ledger.Book;
using MicroFirmware.Ledger.Stores;
using MicroFirmware.Paywall.Stores;
using MicroFirmware.Paywall.Tokens;
using MicroFirmware.Storage;

namespace MicroFirmware.Micro.Paywalls;

/// <summary>
/// A paywall's folder, held for one process alone: its ledger, what was used up, and the secret of its tokens. It takes
/// the lock that a gateway takes, because a ledger has one writer.
/// </summary>
internal sealed class PaywallFolder : IDisposable
{
    private const string LockFile = "gateway.lock";
    private const string LedgerFile = "ledger.db";
    private const string StoreFile = "paywall.db";

    private readonly FileStream _lock;

    private PaywallFolder(FileStream held, Journal journal, PaywallStore store, TokenMint mint) =>
        (_lock, Journal, Store, Mint) = (held, journal, store, mint);

    public Journal Journal { get; }

    public PaywallStore Store { get; }

    public TokenMint Mint { get; }

    /// <summary>Opens a folder, making what is missing.</summary>
    /// <exception cref="CommandFailure">Something in it cannot be used.</exception>
    public static PaywallFolder Open(string path, TimeProvider time)
    {
        FileStream? held = null;
        Journal? journal = null;
        try
        {
            Directory.CreateDirectory(path);
            held = new FileStream(
                Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            TokenMint mint = PaywallSecret.OpenMint(path);
            journal = Journal.Open(() => SqliteLedgerStore.Open(Path.Combine(path, LedgerFile)));
            return new PaywallFolder(held, journal, PaywallStore.Open(Path.Combine(path, StoreFile), time), mint);
        }
        catch (Exception e)
        {
            journal?.Dispose();
            held?.Dispose();
            throw e switch
            {
                LedgerDamagedException => new CommandFailure(
                    ExitCode.Unreachable, e.Message, "micro ledger verify names what is wrong", e),
                IOException or StorageException or UnauthorizedAccessException or InvalidDataException =>
                    new CommandFailure(ExitCode.Unreachable, e.Message,
                        "stop what uses the folder, or choose another: --data FOLDER", e),
                _ => new CommandFailure(ExitCode.Internal, e.Message, "report this", e),
            };
        }
    }

    public void Dispose()
    {
        Store.Dispose();
        Journal.Dispose();
        _lock.Dispose();
    }
}
